"""Plain text: what comes from outside is shown as it is spelt, never taken for HTML, in labels and tool tips.

Qt guesses: a label, a tool tip or the text of a message that begins like HTML is shown as HTML, pictures and
all. A network's name must not open a file, so every label of the program is a `PlainLabel`, and every tool
tip that has a name in it goes through `tool_tip`.
"""

from __future__ import annotations

import html
import re
import unicodedata

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from engine.plain_text import NAME_LENGTH, plain_name

_SENTENCE_LENGTH = 400
"""Of a sentence with names in it; more than that nobody reads, and no bar has room for it."""
_LONG_WORD = re.compile(rf"\S{{{NAME_LENGTH + 1},}}")
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_FIGURE_AND_SIGN = re.compile(r"(?<=\d) %")


def plain_sentence(text: str, most: int = _SENTENCE_LENGTH) -> str:
    """A sentence in one line, without control characters and direction marks.

    What is too long loses its middle: a name may stand at the beginning, and what to do at the end.
    """
    shown = plain_name(text, max(most, len(text)))
    shown = _LONG_WORD.sub(lambda word: _without_middle(word.group(), NAME_LENGTH), shown)
    return _without_middle(shown, most)


def tool_tip(text: str) -> str:
    """A tool tip that shows the text as it is spelt, each of its lines cleaned like a sentence."""
    shown = "\n".join(plain_sentence(line) for line in text.splitlines())
    # Qt takes a tool tip for HTML by these two; plain ones stay readable for tests and screen readers.
    if "<" in shown or "&" in shown:
        return f"<p>{html.escape(shown, quote=False)}</p>".replace("\n", "<br>")
    return shown


def button_text(text: str) -> str:
    """A name on a button or in a menu, where an ampersand would make a mnemonic of the letter after it."""
    return plain_name(text).replace("&", "&&")


def unbreakable(text: str) -> str:
    """A figure and its percent sign stay on one line."""
    return _FIGURE_AND_SIGN.sub("\N{NO-BREAK SPACE}%", text)


def _visible(text: str) -> str:
    """Without control characters and direction marks; line breaks are kept."""
    if text.isprintable():
        return text
    return "".join(each for each in text if each == "\n" or unicodedata.category(each) not in _UNSEEN)


class PlainLabel(QLabel):
    """A label that never takes its text for HTML, and parts no figure from its percent sign."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text; its line breaks are kept."""
        said = _visible(text)
        if said != self._said:
            self._said = said
            super().setText(unbreakable(said))

    def text(self) -> str:
        """What is said, with the blanks that were given."""
        return self._said


class ElidedLabel(PlainLabel):
    """One line that gives way where there is no room; the tool tip has all of it.

    Its width asks for nothing, so that no name makes a window wider.
    """

    def __init__(
        self,
        text: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        self._full, self._mode = "", mode
        super().__init__("", parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    @property
    def full_text(self) -> str:
        """All of it, whatever there is room for."""
        return self._full

    def setText(self, text: str) -> None:
        """Show as much of a text as there is room for."""
        self._full = unbreakable(_visible(text))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The height of a line."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out as little as needed."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width() - 2 * self.margin()
        shown = self.fontMetrics().elidedText(self._full, self._mode, max(0, room))
        self._said = shown
        QLabel.setText(self, shown)
        self.setToolTip(tool_tip(self._full) if shown != self._full else "")


def _without_middle(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    head = most // 2
    return f"{text[:head].rstrip()}…{text[len(text) - (most - head - 1) :].lstrip()}"
