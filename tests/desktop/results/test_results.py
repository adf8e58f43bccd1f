"""The results as a user goes through them: opened, cells chosen, digits put on the pad, trainings."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from desktop.results.calibration_page import verdict
from engine.settings import TrainingSettings

ROOT = Path(__file__).parents[3]
PATIENCE_MS = 300_000
SET = 300


@pytest.fixture(autouse=True)
def few_digits(monkeypatch, little_handwriting, any_network_will_do):
    """Enough to learn from and to be wrong about; written in a moment, without MNIST."""
    monkeypatch.setattr("engine.data.held_out.HANDWRITING_COUNT", SET)


@pytest.fixture
def window(make_window):
    window = make_window()
    window.training.fields.set_settings(
        TrainingSettings(hidden=(), epochs=2, batch_size=50), "handwriting", "cpu"
    )
    return window


@pytest.fixture
def controller(window, qtbot):
    window._actions.results.setChecked(True)
    controller = window._side_views.results
    qtbot.waitUntil(lambda: controller.results is not None, timeout=PATIENCE_MS)
    return controller


def page(controller, name):
    controller.view.choose(name)
    return controller.view.page(name)


def a_mistake(controller):
    """The label and answer of the commonest mistake."""
    pair = controller.results.predictions.most_confused()[0]
    return pair.label, pair.answer


def test_it_says_what_was_read_and_how_well(controller, window):
    predictions = controller.results.predictions
    assert len(predictions) == SET
    assert "MNIST is not on this computer" in controller.view.remark
    assert f"{100 * predictions.accuracy:.2f} % right" in controller.view.remark
    assert window.networks.title in controller.view.remark


def network_button(window):
    return window.findChild(QToolButton, "network")


def test_a_button_of_the_toolbar_opens_and_closes_it(window, qtbot):
    button = network_button(window).parent().widgetForAction(window._actions.results)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window._side_views.results.view.isVisible()
    assert not window.canvas.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.canvas.isVisible()


def test_lesson_and_results_take_turns(window, controller):
    window._actions.lesson.setChecked(True)
    assert not controller.view.isVisible()
    assert window._side_views.lesson.view.isVisible()
    assert not window._actions.results.isChecked()
    window._actions.results.setChecked(True)
    assert controller.view.isVisible()
    assert not window._side_views.lesson.view.isVisible()
    controller.view.closed.emit()
    assert window.canvas.isVisible()
    assert window.canvas.width() > 400


def test_a_cell_shows_its_digits(controller, qtbot):
    mistakes = page(controller, "Mistakes")
    label, answer = a_mistake(controller)
    assert mistakes.matrix.chosen == (label, answer)
    cell = mistakes.matrix.cell_rectangle(3, 3).center().toPoint()
    qtbot.mouseClick(mistakes.matrix, Qt.MouseButton.LeftButton, pos=cell)
    assert mistakes.matrix.chosen == (3, 3)
    shown = [item.place for item in mistakes.gallery.items]
    assert shown == controller.results.predictions.cell(3, 3)[:60]
    assert mistakes.words.startswith(
        f"3 read correctly: {controller.results.predictions.confusion[3][3]} digits"
    )
    digits = controller.results.digits
    for item in mistakes.gallery.items:
        assert np.array_equal(item.image.ravel(), digits.images[item.place].numpy())


def test_arrow_keys_go_through_the_cells(controller, qtbot):
    matrix = page(controller, "Mistakes").matrix
    matrix.choose(0, 0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(matrix, key)
    assert matrix.chosen == (2, 0)
    assert matrix.accessibleDescription().startswith("2 read as 0")


def test_all_rows_of_a_gallery_have_room(controller, window, qtbot):
    mistakes = page(controller, "Mistakes")
    for size in ((960, 600), (1280, 800), (1700, 1000)):
        window.resize(*size)
        for count in (1, 9, 11, 33):
            items = page(controller, "Losses").gallery.items[:count]
            page(controller, "Mistakes")
            mistakes.gallery.set_items(items)
            qtbot.waitUntil(
                lambda: mistakes.gallery.rect().contains(
                    mistakes.gallery.item_rectangle(len(mistakes.gallery.items) - 1)
                )
            )


def test_the_pairs_confused_most_lead_to_their_cell(controller, qtbot):
    mistakes = page(controller, "Mistakes")
    confused = controller.results.predictions.most_confused()
    assert len(mistakes.pairs) == min(8, len(confused))
    for button, pair in zip(mistakes.pairs, confused, strict=False):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert mistakes.matrix.chosen == (pair.label, pair.answer)
        assert len(mistakes.gallery.items) == min(60, pair.count)


def test_a_digit_goes_on_the_pad_as_the_network_saw_it(controller, window, qtbot):
    gallery = page(controller, "Losses").gallery
    item = gallery.items[4]
    with qtbot.waitSignal(window.reader.reading_completed):
        place = gallery.picture_rectangle(4).center()
        qtbot.mouseClick(gallery, Qt.MouseButton.LeftButton, pos=place)
    reading = window.reader.last_reading
    assert np.abs(reading.image - item.image / 255).max() < 0.01
    assert reading.digit == int(controller.results.predictions.read[item.place])
    assert reading.probability == pytest.approx(
        float(controller.results.predictions.confidences[item.place]), abs=0.02
    )
    # There was no room for the pad beside the results.
    assert window.canvas.isVisible()
    assert item.words in window.status.text
    window._actions.undo.trigger()
    assert window.document.is_empty


def test_a_wide_window_keeps_the_results_beside_the_pad(controller, window, qtbot):
    window.resize(1700, 900)
    qtbot.waitUntil(window.canvas.isVisible)
    gallery = page(controller, "Losses").gallery
    QTest.keyClick(gallery, Qt.Key.Key_Right)
    QTest.keyClick(gallery, Qt.Key.Key_Return)
    assert not window.document.is_empty
    assert controller.view.isVisible()
    assert window.status.text == gallery.items[1].words


def test_the_gallery_goes_by_keys_and_stays_within(controller, qtbot):
    gallery = page(controller, "Losses").gallery
    QTest.keyClick(gallery, Qt.Key.Key_Left)
    assert gallery.current is gallery.items[0]
    QTest.keyClick(gallery, Qt.Key.Key_Down)
    below = gallery.items.index(gallery.current)
    assert gallery.picture_rectangle(below).left() == gallery.picture_rectangle(0).left()
    assert gallery.picture_rectangle(below).top() > gallery.picture_rectangle(0).top()
    assert gallery.current.words in gallery.accessibleDescription()
    assert gallery.index_at(QPoint(-5, -5)) is None


def test_in_a_small_window_the_digits_of_a_cell_come_into_view(controller, window, qtbot):
    window.resize(960, 600)
    mistakes = page(controller, "Mistakes")
    area = controller.view._areas["Mistakes"]
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert area.verticalScrollBar().value() == 0
    mistakes.matrix.choose(3, 3)

    def is_seen(index):
        middle = mistakes.gallery.item_rectangle(index).center()
        return area.viewport().rect().contains(mistakes.gallery.mapTo(area.viewport(), middle))

    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    assert is_seen(0)
    last = len(mistakes.gallery.items) - 1
    assert not is_seen(last)
    for _ in range(last):
        QTest.keyClick(mistakes.gallery, Qt.Key.Key_Right)
    assert is_seen(last)


def test_while_a_training_runs_it_says_that_the_results_wait(window, qtbot):
    window.training.request_training()
    window._actions.results.setChecked(True)
    controller = window._side_views.results
    assert controller.view.remark == "A training is running. The results come when it is done."
    assert not controller.is_busy
    qtbot.waitUntil(lambda: controller.results is not None, timeout=PATIENCE_MS)
    assert controller.results.model is window.networks.model


def test_calibration_is_told_in_figures(controller):
    words = page(controller, "Calibration").words
    results = controller.results
    assert f"{100 * results.plain.expected_calibration_error:.2f} points at a temperature of 1" in words
    tempered = 100 * results.tempered.expected_calibration_error
    assert f"{tempered:.2f} points at {results.fitted_temperature:.2f}" in words
    assert verdict(100 * results.plain.expected_calibration_error, tempered) in words


@pytest.mark.parametrize(
    ("plain", "tempered", "words"),
    [
        (0.29, 0.34, "both are small, and the second is larger"),
        (0.34, 0.29, "both are small, and the second is smaller"),
        (0.2, 0.2, "both are small"),
        (3.0, 0.4, "it mends most of the error"),
        (3.0, 2.0, "it mends some of the error"),
        (3.0, 2.9, "it hardly changes the error"),
        (3.0, 3.0, "it hardly changes the error"),
        (3.0, 3.5, "here it makes the error larger"),
        (0.0, 3.5, "here it makes the error larger"),
    ],
)
def test_what_the_temperature_does_is_what_the_figures_say(plain, tempered, words):
    assert verdict(plain, tempered) == words


def test_pixels_are_measured_as_one_looks_and_can_be_stopped(controller, qtbot):
    pixels = page(controller, "Pixels")
    qtbot.waitUntil(lambda: "permutations" in pixels.words, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: pixels.button.text() == "Measure again", timeout=PATIENCE_MS)
    assert "147 of 147" in pixels.words
    drops = controller._importance.drops
    assert np.isfinite(drops).all()
    assert f"{100 * drops[3, 3]:.1f}" in pixels.picture.accessibleDescription()
    pixels.button.click()
    assert pixels.button.text() == "Stop"
    pixels.button.click()
    qtbot.waitUntil(lambda: not controller.is_busy, timeout=PATIENCE_MS)
    assert pixels.button.text() == "Measure again"


def test_the_results_follow_each_training(controller, window, qtbot):
    mistakes = page(controller, "Mistakes")
    before = controller.results
    window.training.request_training()
    qtbot.waitUntil(lambda: not window.training_controller.is_running, timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: controller.results is not None and controller.results is not before, timeout=PATIENCE_MS
    )
    assert controller.results.model is window.networks.model
    assert controller.results.predictions.temperature == window.networks.model.temperature != 1
    shown = [item.place for item in mistakes.gallery.items]
    assert shown == controller.results.predictions.cell(*mistakes.matrix.chosen)[:60]


def test_what_changed_unseen_is_read_when_it_is_opened_again(controller, window, qtbot):
    first = controller.results
    window._actions.results.setChecked(False)
    window.training.request_training()
    qtbot.waitUntil(lambda: not window.training_controller.is_running, timeout=PATIENCE_MS)
    assert controller.results is first
    assert not controller.is_busy
    window._actions.results.setChecked(True)
    qtbot.waitUntil(
        lambda: controller.results is not None and controller.results.model is window.networks.model,
        timeout=PATIENCE_MS,
    )


def test_other_networks_in_quick_turn_end_with_the_last(controller, window, qtbot):
    shipped = window.networks.model
    window.training.request_training()
    qtbot.waitUntil(lambda: not window.training_controller.is_running, timeout=PATIENCE_MS)
    for _ in range(5):
        window.networks.use_former()
    assert window.networks.model is shipped
    qtbot.waitUntil(lambda: not controller.is_busy and controller.results is not None, timeout=PATIENCE_MS)
    assert controller.results.model is shipped


def test_data_that_cannot_be_read_are_told_in_a_sentence(window, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr("engine.data.mnist.files.has_all_files", lambda _folder: True)
    monkeypatch.setattr("engine.data.held_out.has_all_files", lambda _folder: True)
    window._actions.results.setChecked(True)
    controller = window._side_views.results
    qtbot.waitUntil(lambda: not controller.is_busy, timeout=PATIENCE_MS)
    assert controller.results is None
    assert "MNIST" in controller.view.remark
    assert controller.view.remark.endswith(".")


@pytest.mark.parametrize("size", [(960, 600), (1280, 800), (1700, 1000)])
def test_every_page_fits_its_width(controller, window, qtbot, size):
    window.resize(*size)
    for name in ("Mistakes", "Losses", "Calibration", "Pixels"):
        shown = page(controller, name)
        area = controller.view._areas[name]
        qtbot.waitUntil(lambda area=area: area.horizontalScrollBar().maximum() == 0)
        assert shown.isVisible()


def test_colours_follow_the_appearance(controller, window):
    for name in ("Mistakes", "Losses", "Calibration", "Pixels"):
        page(controller, name)
    light = controller.view.grab().toImage()
    window._actions.appearance.actions()[2].trigger()
    dark = controller.view.grab().toImage()
    assert light.pixelColor(8, 40).lightness() > 200 > 80 > dark.pixelColor(8, 40).lightness()


def test_closing_in_the_midst_of_it_waits_for_nothing_long(window, qtbot):
    window._actions.results.setChecked(True)
    window._side_views.results.view.choose("Pixels")
    window.close()
    assert window._side_views.results._thread is None


def test_a_long_name_leaves_every_button_of_a_small_window(window, qtbot):
    from dataclasses import replace

    window.resize(960, 600)
    name = "A network with a very long name indeed, 784-512-256-10, 99.2 %"
    window.networks.use(replace(window.networks.model, name=name), None)
    qtbot.waitUntil(lambda: "…" in network_button(window).text())
    assert name in network_button(window).toolTip()
    bar = network_button(window).parent()
    for action in (window._actions.clear, window._actions.results, window._actions.lesson):
        assert bar.widgetForAction(action).isVisible()
    assert network_button(window).isVisible()
    assert network_button(window).geometry().right() < window.width() - 60


def test_a_network_that_overflows_has_no_results_and_says_so(window, controller, qtbot):
    model = window.networks.model
    enormous = {name: 1e25 * weight for name, weight in model.weights.items()}
    window.networks.use(replace(model, weights=enormous, name="enormous"), None)
    qtbot.waitUntil(lambda: "no answer" in controller.view.remark, timeout=PATIENCE_MS)
    window.networks.use(model, None)
    qtbot.waitUntil(lambda: controller.results is not None and controller.results.model is model)
    assert "no answer" not in controller.view.remark
