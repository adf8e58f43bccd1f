"""Notice bar: sentences at the foot of the window, which stay until dismissed, replaced or settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.widgets.text.plain_text import PlainLabel, plain_sentence
from desktop.widgets.zoom.lengths import scaled, scaled_margins

_FADE_MS = 12_000
_MOST_OFFERS = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to be done about what a notice says, as a button beside it.

    Attributes:
        text: Of the button.
        do: Called when it is pressed; the notice is gone by then.
        tip: What it does, where its text does not say all.
    """

    text: str
    do: Callable[[], None]
    tip: str = ""


@dataclass(frozen=True, slots=True)
class _Notice:
    sentence: str
    details: str
    cause: str
    offers: tuple[Offer, ...]


class NoticeBar(QFrame):
    """Says what happened and what to do, without a dialog in the way.

    Signals:
        details_requested: The details that came with what is said.
    """

    details_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName("Notice")
        self._notices: list[_Notice] = []
        self._label = PlainLabel()
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._details = QPushButton("Details")
        self._details.setObjectName("link")
        self._details.clicked.connect(self._on_details_clicked)
        dismiss = QPushButton("Dismiss")
        dismiss.setObjectName("link")
        dismiss.setToolTip("Close this notice (Escape)")
        dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled_margins(16, 8, 12, 8))
        row.setSpacing(scaled(8))
        row.addWidget(self._label, 1)
        self._buttons = [QPushButton() for _ in range(_MOST_OFFERS)]
        self._offered: list[Offer] = []
        for button in self._buttons:
            button.setObjectName("link")
            button.clicked.connect(self._on_offer_clicked)
            row.addWidget(button)
        row.addWidget(self._details)
        row.addWidget(dismiss)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_FADE_MS)
        self._fade.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What was said last."""
        return " ".join(notice.sentence for notice in self._notices)

    def show_notice(
        self,
        sentence: str,
        details: str = "",
        stays: bool = True,
        about: str = "",
        offers: Sequence[Offer] = (),
    ) -> None:
        """Show a sentence; one that need not stay goes by itself after some seconds.

        Args:
            sentence: What happened and what to do.
            details: For a bug report, or empty.
            stays: Whether it stays until it is dismissed or settled.
            about: What it is about, by which `settle` knows it.
            offers: What can be done about it, two things at most.
        """
        self._fade.stop()
        if not stays:
            self._fade.start()
        self._show([_Notice(plain_sentence(sentence), details, about, tuple(offers))])

    def add(self, sentence: str, details: str = "", about: str = "", offers: Sequence[Offer] = ()) -> None:
        """Show a sentence after those that are shown already, so that neither is lost."""
        if self.isHidden():
            self.show_notice(sentence, details, about=about, offers=offers)
        else:
            self._fade.stop()
            self._show([*self._notices, _Notice(plain_sentence(sentence), details, about, tuple(offers))])

    def settle(self, about: str) -> None:
        """What is said about this is no longer so; what is said beside it stays."""
        if self.isHidden():
            return
        rest = [notice for notice in self._notices if notice.cause != about]
        if not rest:
            self.hide()
        elif len(rest) < len(self._notices):
            self._show(rest)

    def _show(self, notices: list[_Notice]) -> None:
        self._notices = notices
        self._label.setText(self.text)
        self._details.setVisible(any(notice.details for notice in notices))
        # The latest first: what was offered before gives way.
        self._show_offers([offer for notice in reversed(notices) for offer in notice.offers])
        self.show()
        self.setAccessibleDescription(self.text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _show_offers(self, offers: Sequence[Offer]) -> None:
        self._offered = list(offers[:_MOST_OFFERS])
        for place, button in enumerate(self._buttons):
            offer = self._offered[place] if place < len(self._offered) else None
            button.setText(offer.text if offer else "")
            button.setToolTip(offer.tip if offer else "")
            button.setVisible(offer is not None)

    def _on_offer_clicked(self) -> None:
        place = next(place for place, button in enumerate(self._buttons) if button is self.sender())
        offer = self._offered[place]
        self.hide()
        offer.do()

    def _on_details_clicked(self) -> None:
        details = "\n\n".join(notice.details for notice in self._notices if notice.details)
        self.details_requested.emit(details)
