"""Python highlighter: colours source by its tokens, as Python's own tokeniser finds them."""

from __future__ import annotations

import io
import keyword
import tokenize

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop.widgets.theme import LIGHT, Colours


class PythonHighlighter(QSyntaxHighlighter):
    """Keywords, strings, comments and numbers; docstrings as quiet as comments."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._spans: dict[int, list[tuple[int, int, str]]] = {}
        self._formats: dict[str, QTextCharFormat] = {}
        self.set_colours(LIGHT)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._formats = {
            kind: _format(colour)
            for kind, colour in (
                ("keyword", colours.accent),
                ("string", colours.second),
                ("number", colours.second),
                ("comment", colours.muted),
            )
        }
        self.rehighlight()

    def set_source(self, source: str) -> None:
        """Find the tokens of a text before it is put into the document."""
        self._spans = {}
        for kind, start, end in _tokens(source):
            for row in range(start[0], end[0] + 1):
                first = start[1] if row == start[0] else 0
                last = end[1] if row == end[0] else 10_000
                self._spans.setdefault(row - 1, []).append((first, last - first, kind))

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for first, length, kind in self._spans.get(self.currentBlock().blockNumber(), ()):
            self.setFormat(first, min(length, len(text) - first), self._formats[kind])


def _format(colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    return made


def _tokens(source: str) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Kind, start and end (row from 1, column from 0) of the tokens that have a colour."""
    found = []
    is_statement_start = True
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            kind = ""
            if token.type == tokenize.COMMENT:
                kind = "comment"
            elif token.type == tokenize.STRING or tokenize.tok_name[token.type].startswith("FSTRING"):
                # A string that is a statement by itself is a docstring.
                kind = "comment" if is_statement_start else "string"
            elif token.type == tokenize.NUMBER:
                kind = "number"
            elif token.type == tokenize.NAME and keyword.iskeyword(token.string):
                kind = "keyword"
            if kind:
                found.append((kind, token.start, token.end))
            if token.type not in (tokenize.COMMENT, tokenize.NL):
                is_statement_start = token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    except (tokenize.TokenError, IndentationError):
        pass  # what was found until then is coloured; the text itself is shown whole
    return found
