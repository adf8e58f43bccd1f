"""Notice bar: one sentence at the foot of the window, which stays until it is dismissed or replaced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

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


class NoticeBar(QFrame):
    """Says what happened and what to do, without a dialog in the way.

    Signals:
        details_requested: The details that came with the sentence.
    """

    details_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName("Notice")
        self._details_text = ""
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._details = QPushButton("Details")
        self._details.setObjectName("link")
        self._details.clicked.connect(self._on_details_clicked)
        dismiss = QPushButton("Dismiss")
        dismiss.setObjectName("link")
        dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        self._offers = [QPushButton() for _ in range(_MOST_OFFERS)]
        self._offered: list[Offer] = []
        for button in self._offers:
            button.setObjectName("link")
            button.clicked.connect(self._on_offer_clicked)
            row.addWidget(button)
        row.addWidget(self._details)
        row.addWidget(dismiss)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_FADE_MS)
        self._fade.timeout.connect(self.hide)
        self._about = ""
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._label.text()

    def tell(
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
        self._about = about
        self._label.setText(sentence)
        self._details_text = details
        self._details.setVisible(bool(details))
        self._show_offers(offers)
        self._fade.stop()
        if not stays:
            self._fade.start()
        self.show()
        self.setAccessibleDescription(sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def add(self, sentence: str, details: str = "", offers: Sequence[Offer] = ()) -> None:
        """Show a sentence after those that are shown already, so that neither is lost."""
        if self.isHidden():
            self.tell(sentence, details, offers=offers)
        else:
            self.tell(
                f"{self.text} {sentence}", details or self._details_text, offers=offers or self._offered
            )

    def settle(self, about: str) -> None:
        """What is said about this is no longer so."""
        if self._about == about:
            self.hide()

    def _show_offers(self, offers: Sequence[Offer]) -> None:
        self._offered = list(offers[:_MOST_OFFERS])
        for place, button in enumerate(self._offers):
            offer = self._offered[place] if place < len(self._offered) else None
            button.setText(offer.text if offer else "")
            button.setToolTip(offer.tip if offer else "")
            button.setVisible(offer is not None)

    def _on_offer_clicked(self) -> None:
        place = next(place for place, button in enumerate(self._offers) if button is self.sender())
        offer = self._offered[place]
        self.hide()
        offer.do()

    def _on_details_clicked(self) -> None:
        self.details_requested.emit(self._details_text)
