"""The sheet of samples: every class with its name and a few pictures, whose pixels are sharp."""

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from desktop.settings.set_settings import KnownSet
from desktop.training.data.sample_sheet import SampleSheet
from desktop.training.data.set_dialog import SetDialog
from desktop.training.data.set_samples import MOST_SAMPLES, class_samples
from desktop.widgets.small_widgets import muted_label
from engine.data.sets.found_set import FoundSet, Part, found_set


def found(classes, each=30):
    names = [name for name in classes for _ in range(each)]
    images = np.zeros((len(names), 28, 28), np.uint8)
    images[:, ::2, ::2] = 255
    images[:, 0, 0] = np.arange(len(names)) % 256
    return found_set("letters", ((images.reshape(len(names), -1), names),))


def test_samples_come_from_all_over_a_class():
    samples = class_samples(found("ab"))
    assert [(each.name, each.count) for each in samples] == [("a", 30), ("b", 30)]
    assert [image[0, 0] for image in samples[1].images] == [30, 36, 42, 48, 54]


def test_a_class_with_few_pictures_or_none_is_shown_with_those():
    part = Part(np.full((3, 784), 9, np.uint8), np.array([0, 0, 1]))
    few = FoundSet("few", ("a", "b", "c"), part)
    assert [len(each.images) for each in class_samples(few)] == [2, 1, 0]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_pixels_are_painted_in_whole_ones_of_the_screen(qtbot, theme, monkeypatch, ratio):
    sheet = SampleSheet(class_samples(found("ab")))
    qtbot.addWidget(sheet)
    monkeypatch.setattr(sheet, "devicePixelRatioF", lambda: ratio)
    sheet.resize(sheet.sizeHint())
    screen = QImage(sheet.size() * ratio, QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(ratio)
    screen.fill(0)
    painter = QPainter(screen)
    place = sheet.class_rectangle(0)
    sheet._paint_class(painter, 0, place)
    painter.end()
    each = round(sheet.picture_side() * ratio) // 28
    assert each * 28 == pytest.approx(sheet.picture_side() * ratio)
    top = round((place.bottom() + 1 - 56) * ratio)
    grey = [screen.pixelColor(x, top + 2 * each).lightness() for x in range(28 * each)]
    # Even columns are white and odd ones are black, and nothing between.
    assert grey == [255 if x // each % 2 == 0 else 0 for x in range(28 * each)]


@pytest.mark.parametrize("count", [2, 10, 64])
def test_all_classes_can_be_scrolled_to_and_none_is_cut(qtbot, theme, count):
    classes = [f"a name of {number:02} and more"[:20] for number in range(count)]
    window = muted_label()
    qtbot.addWidget(window)
    read = SimpleNamespace(
        known=KnownSet("/letters", "letters"),
        sentence=found(classes).sentence(),
        samples=class_samples(found(classes)),
    )
    dialog = SetDialog(read, "", window)
    dialog.show()
    qtbot.waitExposed(dialog)
    sheet = dialog.findChild(SampleSheet)
    last = sheet.class_rectangle(count - 1)
    qtbot.waitUntil(lambda: last.bottom() < sheet.height())
    assert sheet.class_rectangle(1).right() < sheet.width()
    width = MOST_SAMPLES * 56 + (MOST_SAMPLES - 1) * 4
    assert last.width() == width
    bar = dialog._area.verticalScrollBar()
    assert (bar.maximum() > 0) == (count > 10)
    assert sheet.accessibleDescription().count(": 30") == count
    # Keys scroll where there is more than is seen, and Enter takes the set.
    focused = dialog.focusWidget()
    QTest.keyClick(focused, Qt.Key.Key_PageDown)
    assert (bar.value() > 0) == (count > 10)
    answers = []
    dialog.finished.connect(answers.append)
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert answers == [SetDialog.DialogCode.Accepted]
