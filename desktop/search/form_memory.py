"""Form memory: what stands in the form of a search is there again at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox

if TYPE_CHECKING:
    from desktop.search.search_form import SearchForm
    from desktop.settings.search_settings import SearchSettings


class FormMemory(QObject):
    """Fills the form, and writes down what is changed there."""

    def __init__(
        self,
        form: SearchForm,
        following: QCheckBox,
        settings: SearchSettings,
        parent: QObject | None = None,
    ) -> None:
        """Fill in what is remembered.

        Args:
            form: To fill in.
            following: Whether the best network so far is to read the pad.
            settings: Remember.
            parent: Of this object.
        """
        super().__init__(parent)
        self._form, self._following, self._settings = form, following, settings
        self.show_settings()
        form.edited.connect(self._on_edited)
        following.toggled.connect(self._on_following_toggled)

    def show_settings(self) -> None:
        """Fill in what is remembered, and what stands there first where nothing is."""
        self._form.set_texts(
            {name: self._settings.text(name, text) for name, text in self._form.first_texts.items()}
        )
        self._following.setChecked(self._settings.follows_best)

    def _on_edited(self) -> None:
        for name, text in self._form.texts().items():
            self._settings.set_text(name, text, self._form.first_texts[name])

    def _on_following_toggled(self, is_wanted: bool) -> None:
        self._settings.follows_best = is_wanted
