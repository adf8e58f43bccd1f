"""Steps: what a person does with the program in an afternoon, in half a minute."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QFileOpenEvent, QGuiApplication, QImage, QImageReader
from PySide6.QtWidgets import QDialog, QPushButton, QTabBar

from desktop.dialogs.file_dialogs import PICTURE_SUFFIXES
from desktop.pad.picture_export import save_png
from desktop.settings.settings import Settings
from desktop.smoke_test.boundaries_step import part_the_plane
from desktop.smoke_test.checks import expect, require
from desktop.smoke_test.little_data import use_little_data
from desktop.smoke_test.mouse import SEVEN, TWO, draw
from desktop.smoke_test.search_step import search
from desktop.smoke_test.signs_step import learn_signs
from desktop.smoke_test.user import User
from desktop.smoke_test.waiting import Waiting
from desktop.startup.application import Application
from desktop.window.about_dialog import AboutDialog
from desktop.window.main_window import MainWindow
from engine.data.sources import HANDWRITING
from engine.settings import LEVELS

_EPOCHS = 3
_LEAST_ACCURACY = 0.5


class Steps:
    """Uses the window by what a person reaches: the pad, actions, fields, buttons and tabs."""

    def __init__(self, window: MainWindow, application: Application, waiting: Waiting, folder: Path) -> None:
        """Write files to `folder`."""
        self._window = window
        self._application = application
        self._user = user = User(window, waiting)
        self._action, self._expect_answer = user.action, user.expect_answer
        self._wait_until = user.wait_until
        self._folder = folder

    def take(self) -> Iterator[str]:
        """One sentence after each step; one that does not do what it should raises.

        Raises:
            AssertionError: Something is not as it should be.
            TookTooLongError: Something did not happen.
        """
        yield from self._draw_and_read()
        yield from self._train()
        yield from self._train_at_each_level()
        yield from self._save_and_open()
        yield from self._open_pictures()
        yield from self._read_the_lesson()
        yield from self._ask_why()
        yield from self._label()
        yield from self._teach()
        yield learn_signs(self._window, self._user)
        yield from self._read_a_number()
        yield from self._look_at_results()
        yield search(self._window, self._user)
        yield part_the_plane(self._window, self._user)
        yield from self._look_at_about()
        yield from self._close()

    def _draw_and_read(self) -> Iterator[str]:
        window = self._window
        window.show()
        self._wait_until(lambda: window.windowHandle().isExposed(), "the window was shown")
        yield f"the window is shown by {QGuiApplication.platformName()}"
        draw(window.canvas, TWO)
        window.load_engine()
        self._expect_answer("2")
        self._wait_until(window.training.train_button.isEnabled, "training was allowed")
        yield "a two drawn before the network was loaded is read as 2"
        self._action("Clear").trigger()
        self._expect_answer("–")
        draw(window.canvas, SEVEN)
        self._expect_answer("7")
        self._action("Undo").trigger()
        self._action("Undo").trigger()
        self._expect_answer("2")
        yield "a seven is read as 7, and undo brings the two back"

    def _train(self) -> Iterator[str]:
        use_little_data()
        window = self._window
        window.training.fields.choose_data(HANDWRITING)
        window.training.fields.epochs.setValue(_EPOCHS)
        self._action("Train").trigger()
        ended = self._user.end_of_run()
        accuracy = expect(ended.model, ended.message).provenance.validation_accuracy or 0.0
        require(accuracy > _LEAST_ACCURACY, f"it learned too little: {accuracy}")
        require(expect(ended.path, ended.message).is_file(), "its file is missing")
        self._expect_answer("2")
        yield f"a network was trained on built-in handwriting to {100 * accuracy:.1f} %, and saved"

    def _train_at_each_level(self) -> Iterator[str]:
        """A few steps on each level: the library's parts are used on no other occasion."""
        user, fields = self._user, self._window.training.fields
        fields.epochs.setValue(1000)
        for level in LEVELS:
            fields.choose_level(level)
            fields.optimiser.setCurrentIndex(level % 2)
            user.steps_seen = 0
            self._action("Train").trigger()
            self._wait_until(lambda: user.steps_seen or user.has_seen_end, f"level {level} took steps")
            self._action("Stop").trigger()
            ended = user.end_of_run()
            require(ended.is_held and not ended.message, ended.message or f"level {level} kept nothing")
            self._window.notice.hide()  # a few steps learn too little, which is said
            yield f"level {level} trains, stops and keeps what it learned"

    def _save_and_open(self) -> Iterator[str]:
        window, networks = self._window, self._window.networks
        trained = networks.title
        saved = self._folder / "saved.safetensors"
        require(networks.save_as(saved), "the network was not saved")
        kept = len(networks.entries())
        self._action("Back to the shipped network").trigger()
        require(networks.is_shipped, "the shipped network is not back")
        self._expect_answer("2")
        self._application.sendEvent(self._application, QFileOpenEvent(str(saved)))
        self._wait_until(lambda: networks.title == trained, f"{saved.name} was opened")
        require(len(networks.entries()) == kept, "a second copy was kept")
        yield "the network was saved, and opened again from its file"
        self._action("Back to the shipped network").trigger()
        from desktop.training.plot.loss_plot import LossPlot

        plot = expect(window.findChild(LossPlot), "there is no plot")
        for suffix in ("png", "svg"):
            path = self._folder / f"plot.{suffix}"
            plot.export_image(path)
            require(not QImage(str(path)).isNull(), f"{path.name} is no picture")
        yield "the plot was exported as PNG and SVG"

    def _open_pictures(self) -> Iterator[str]:
        window = self._window
        self._expect_answer("2")
        drawing = self._folder / "drawing.png"
        save_png(window.document, drawing, window.canvas.colours)
        readable = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
        missing = set(PICTURE_SUFFIXES) - readable
        require(not missing, f"these pictures cannot be read: {', '.join(sorted(missing))}")
        for suffix in ("png", "jpg", "bmp", "webp"):
            picture = self._folder / f"picture.{suffix}"
            require(QImage(str(drawing)).save(str(picture)), f"{picture.name} was not written")
            self._action("Clear").trigger()
            self._expect_answer("–")
            window.open_file(picture)
            self._expect_answer("2")
        yield "the drawing was saved as a picture and is read from PNG, JPEG, BMP and WebP"
        self._action("Copy drawing").trigger()
        self._action("Random digit").trigger()
        self._action("Paste").trigger()
        self._expect_answer("2")
        yield "copy, random digit and paste work"

    def _read_the_lesson(self) -> Iterator[str]:
        from desktop.lesson.step.page import StepPage
        from desktop.widgets.code.code_view import CodeView

        window = self._window
        self._action("Lesson").trigger()
        tabs = expect(window.findChild(QTabBar, "lessonTabs"), "the lesson has no pages")
        for index in range(tabs.count()):
            tabs.setCurrentIndex(index)
            self._application.processEvents()
        yield f"the lesson shows its {tabs.count()} pages"
        code = [view.toPlainText() for view in window.findChildren(CodeView)]
        require(any("def " in text for text in code), "the lesson shows no code")
        page = expect(window.findChild(StepPage), "the lesson has no Step page")
        next(button for button in page.findChildren(QPushButton) if button.text() == "Step").click()
        self._wait_until(lambda: page.losses, "the Step page took a step")
        self._action("Lesson").trigger()
        yield "it shows the code, and takes a step"

    def _ask_why(self) -> Iterator[str]:
        from desktop.explain.view import ExplainView

        self._action("Why").trigger()
        view = expect(self._window.findChild(ExplainView), "Why is not there")
        self._wait_until(lambda: view.explanation is not None, "it was explained why")
        self._action("Why").trigger()
        yield "Why shows what speaks for the two"

    def _label(self) -> Iterator[str]:
        from desktop.drawings.gallery_view import GalleryView

        window = self._window
        self._action("Clear").trigger()
        draw(window.canvas, TWO)
        self._expect_answer("2")
        window.prediction.labels.buttons[2].click()
        self._wait_until(lambda: window.labeller.is_kept, "the drawing was kept")
        self._action("Drawings").trigger()
        gallery = window.findChild(GalleryView)
        require(gallery is not None and gallery.model().rowCount() == 1, "the gallery lacks the drawing")
        self._application.processEvents()
        self._action("Drawings").trigger()
        self._action("Undo label").trigger()
        self._wait_until(lambda: window.collection.total == 0, "the label was taken back")
        yield "a labelled drawing is saved, is in the gallery, and goes with its label"

    def _teach(self) -> Iterator[str]:
        from desktop.booth.booth_window import BoothWindow
        from desktop.learning.practice_band import PracticeBand

        window, networks = self._window, self._window.networks
        window.prediction.labels.buttons[2].click()
        self._wait_until(lambda: window.labeller.is_kept, "the drawing was kept again")
        self._action("Learn from my drawings").trigger()
        self._wait_until(lambda: "taught" in networks.title, "the network learned from the drawing")
        self._action("Back to the shipped network").trigger()
        yield "the network learns from the drawing"
        self._action("Practice…").trigger()
        band = expect(window.findChild(PracticeBand), "practice is not there")
        band.begin_requested.emit(1)
        self._application.processEvents()
        band.leave_requested.emit()
        require(not band.isVisible(), "practice goes on")
        self._action("Booth").trigger()
        booth = next(each for each in self._application.topLevelWidgets() if isinstance(each, BoothWindow))
        require(booth.isVisible(), "the booth is not there")
        self._application.processEvents()
        self._action("Booth").trigger()
        require(not booth.isVisible() and window.isVisible(), "the booth did not give way to the window")
        yield "practice and booth open and close"

    def _read_a_number(self) -> Iterator[str]:
        from desktop.trace.view import TraceView

        self._action("Clear").trigger()
        for digit, left in ((TWO, 0.0), (SEVEN, 0.5)):
            draw(self._window.canvas, [(left + x / 2, 0.25 + y / 2) for x, y in digit])
        self._expect_answer("27")
        self._action("Copy number").trigger()
        require(QGuiApplication.clipboard().text() == "27", "the number was not copied")
        self._action("Steps").trigger()
        view = expect(self._window.findChild(TraceView), "the steps are not there")
        self._wait_until(lambda: view.steps, "the steps were shown")
        self._action("Steps").trigger()
        yield "a number is read as 27, copied, and followed step by step"

    def _look_at_results(self) -> Iterator[str]:
        from desktop.results.mistakes_page import MistakesPage

        window = self._window
        self._action("Results").trigger()
        page = expect(window.findChild(MistakesPage), "the results have no mistakes")
        self._wait_until(lambda: page.pairs, "the network was tried")
        tabs = next(tabs for tabs in window.findChildren(QTabBar, "lessonTabs") if tabs.isVisible())
        for index in range(tabs.count()):
            tabs.setCurrentIndex(index)
            self._application.processEvents()
        self._action("Results").trigger()
        yield f"the results show their {tabs.count()} pages"

    def _look_at_about(self) -> Iterator[str]:
        window = self._window
        self._action("About Scratchpad").trigger()
        about = expect(window.findChild(AboutDialog), "About is not there")
        about.copy_report()
        require("torch" in QGuiApplication.clipboard().text(), "the report lacks the libraries")
        about.show_licences()
        for dialog in about.findChildren(QDialog):
            dialog.close()
        about.close()
        yield "About copies a report and shows the licences"
        from engine.data.mnist.torchvision_guard import torchvision_datasets

        # What a download of MNIST needs, short of the download.
        torchvision_datasets()
        ssl.create_default_context()
        yield "MNIST could be downloaded"

    def _close(self) -> Iterator[str]:
        window = self._window
        used = self._window.networks.library.shipped()
        require(window.networks.is_current(used), "the shipped network is not in use")
        require(window.notice.isHidden(), f"a notice is left: {window.notice.text}")
        window.close()
        self._wait_until(lambda: not window.isVisible(), "the window closed")
        require(Settings().training.epochs > 1, "the settings were not kept")
        yield "the window closed, and the settings were kept"
