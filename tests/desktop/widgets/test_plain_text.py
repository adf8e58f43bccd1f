"""Names and sentences from outside are shown as they are spelt, wherever they are shown."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QPushButton, QWidget

from desktop.widgets.text.formula import FormulaPicture
from desktop.widgets.text.markdown_text import MarkdownText
from desktop.widgets.text.plain_text import ElidedLabel, PlainLabel, button_text, plain_sentence, tool_tip
from engine.errors import ModelFileError
from tests.desktop.drawing import draw

IMAGE = 'x<img src="/dev/zero">'
HOSTILE = [
    IMAGE,
    "<b>bold</b> & <i>slanted</i>",
    "&lt;escaped&gt; already",
    "two\nlines\r\nand\ta tab\x00\x1b[31m",
    "drow\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe\N{LEFT-TO-RIGHT ISOLATE}x\N{ZERO WIDTH SPACE}",
    "long " * 1000,
    "x" * 5000,
    "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}",
]
UNSEEN = (
    "\n\r\t\x00\x1b\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}\N{ZERO WIDTH SPACE}\N{LINE SEPARATOR}"
)

# Labels whose words are our own and never another's, so that some of them may stand out.
OWN_RICH_TEXT = {
    "Whose logits these are": "its first sentence is bold; a digit is all that is put into it",
    "What became of it": "the verdict is bold; nothing is put into it",
}
OWN_RICH_KINDS = (MarkdownText, FormulaPicture)
"""Texts of the program's own, from its resources."""


@pytest.mark.parametrize("text", HOSTILE)
def test_a_sentence_is_one_line_of_what_can_be_seen(text):
    shown = plain_sentence(f"{text} could not be opened: choose another file.")
    assert len(shown) <= 400
    assert not set(shown) & set(UNSEEN)
    assert shown.endswith("could not be opened: choose another file.")
    assert max(map(len, shown.split())) <= 80


@pytest.mark.parametrize("text", HOSTILE)
def test_a_tool_tip_is_never_html_of_others(text):
    tip = tool_tip(text)
    inside = tip.removeprefix("<p>").removesuffix("</p>").replace("<br>", "\n")
    assert "<" not in inside
    if tip.startswith("<p>"):
        # What Qt makes of it is what was written.
        label = QLabel(tip)
        assert label.textFormat() == Qt.TextFormat.AutoText
        assert "&amp;" in tip or "&lt;" in tip
    else:
        assert "<" not in tip
        assert "&" not in tip


def test_a_name_on_a_button_makes_no_mnemonic(qtbot):
    button = QPushButton(button_text("salt & pepper\n&co"))
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert button.text() == "salt && pepper &&co"


def test_a_figure_and_its_sign_stay_together(qtbot):
    label = PlainLabel("validation 97.6 % of 100 %")
    qtbot.addWidget(label)
    assert QLabel.text(label) == "validation 97.6\N{NO-BREAK SPACE}% of 100\N{NO-BREAK SPACE}%"
    assert label.text() == "validation 97.6 % of 100 %"


def test_a_long_text_makes_no_window_wider_and_its_tool_tip_has_all_of_it(qtbot):
    label = ElidedLabel("word " * 40)
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert label.minimumSizeHint().width() == 0
    assert label.text().endswith("…")
    assert label.toolTip() == ("word " * 40).strip()
    label.setText("short")
    assert label.text() == "short"
    assert label.toolTip() == ""


def open_everything(window) -> None:
    """Every page of every side view, so that every widget of the window is made."""
    window.training_controller.plots.made_plot()
    window._actions.practise.trigger()
    for name in ("why", "steps", "lesson", "results", "drawings", "help"):
        action = getattr(window._actions, name, None)
        if action is None:
            continue
        action.setChecked(True)
        place = getattr(window._side_views, name, None)
        pages = getattr(getattr(place, "view", None), "_names", ())
        for page in pages:
            place.view.choose(page)
        QApplication.processEvents()
    window._actions.about.trigger()
    window.notice.details_requested.emit("details")


def test_no_label_of_the_window_guesses_what_its_text_is(make_window):
    window = make_window()
    open_everything(window)
    labels = window.findChildren(QLabel)
    assert len(labels) > 120
    guessing = [
        f"{type(label).__name__} “{label.text()[:40]}”"
        for label in labels
        if label.textFormat() != Qt.TextFormat.PlainText
        and label.pixmap().isNull()
        and not isinstance(label, OWN_RICH_KINDS)
        and label.accessibleName() not in OWN_RICH_TEXT
        and label.objectName() != "qt_msgbox_label"
        and not type(label).__module__.startswith("PySide6.QtWidgets.QTip")
    ]
    assert not guessing, f"use desktop.widgets.text.plain_text.PlainLabel: {guessing}"
    for window_beside in QApplication.topLevelWidgets():
        if window_beside.parent() is window:
            window_beside.close()


def tool_tips(window: QWidget) -> list[str]:
    widgets = window.findChildren(QWidget)
    tips = [widget.toolTip() for widget in widgets]
    for menu_or_bar in widgets:
        tips += [action.toolTip() for action in menu_or_bar.actions()]
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        if model is None:
            continue
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                tips.append(str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or ""))
    return tips


def test_a_hostile_network_is_named_as_it_is_spelt(make_window):
    window = make_window()
    open_everything(window)
    for name in HOSTILE:
        try:
            assert_it_is_named_as_it_is_spelt(window, name)
        except AssertionError as error:
            error.add_note(f"of a network called {name[:60]!r}")
            raise
    for window_beside in QApplication.topLevelWidgets():
        if window_beside.parent() is window:
            window_beside.close()


def assert_it_is_named_as_it_is_spelt(window, name):
    """In every place that names networks, whatever was named there before."""
    window.networks.use(replace(window.networks.model, name=name), None)
    window._network_controller.menu.fill()
    window.networks.network_refused.emit(str(ModelFileError(f"{name} is no network: choose another file.")))
    window.status.show_message(f"Using {name}")
    window.status.set_figures("MNIST test 99.0 %", f"{name}: trained on {name}")
    for tip in tool_tips(window):
        inside = tip.removeprefix("<p>").removesuffix("</p>").replace("<br>", "\n")
        assert "<" not in inside, f"a tool tip is HTML: {tip[:60]}"
        assert len(tip) < 5000
    for label in window.findChildren(PlainLabel):
        assert not set(label.text()) & (set(UNSEEN) - {"\n"})
    assert window.notice.text.endswith("is no network: choose another file.")
    assert window.minimumSizeHint().width() < 900


def test_a_hostile_writer_and_a_hostile_run(make_window, qtbot):
    from engine.store.drawings import Answer

    window = make_window()
    draw(window)
    qtbot.waitUntil(lambda: window.store_service.store is not None, timeout=20_000)
    kept = []
    window.collection.add(
        window.document.ink,
        "<img src=a>",
        Answer("<b>3</b>", 0.5, IMAGE),
        f"Eve {IMAGE}\N{RIGHT-TO-LEFT OVERRIDE}",
        kept.append,
        pytest.fail,
    )
    qtbot.waitUntil(lambda: bool(kept))
    window._actions.drawings.setChecked(True)
    model = window._side_views.drawings.model
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    tip = str(model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "&lt;img" in tip
    assert "<img" not in tip
    names = window._side_views.drawings.view.filter
    assert "<img" not in names._buttons["<img src=a>"].toolTip()
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in tip
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_a_hostile_file_is_refused_in_plain_words(make_window, tmp_path, qtbot):
    window = make_window()
    bad = tmp_path / "x<b>y.pt"
    bad.write_bytes(b"nothing")
    window.open_file(bad)
    assert QFileInfo(str(bad)).exists()
    qtbot.waitUntil(lambda: "x<b>y.pt" in window.notice.text)
    assert window.notice.findChild(PlainLabel).textFormat() == Qt.TextFormat.PlainText


def test_labels_are_made_in_one_way_alone():
    """A QLabel guesses; the few that show our own rich text are named here."""
    folder = Path(__file__).parents[3] / "desktop"
    own = {"lesson/functions/page.py", "lesson/descent/page.py"}
    made = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if "= QLabel(" in path.read_text(encoding="utf-8")
    }
    assert made == own
