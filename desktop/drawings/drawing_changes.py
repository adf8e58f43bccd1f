"""Drawing changes: drawings relabelled, deleted and taken in, each with its way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop.drawings.drawing_text import counted
from desktop.drawings.drawings_view import DrawingsView
from desktop.drawings.label_prompt import LabelPrompt

if TYPE_CHECKING:
    from desktop.services.collection import Collection


class DrawingChanges:
    """Asks the collection, and says on the view what came of it."""

    def __init__(self, collection: Collection, view: DrawingsView) -> None:
        self._collection, self._view = collection, view
        # What takes back each change made here, the last one at the end.
        self._ways_back: list[Callable[[], None]] = []

    def relabel(self, numbers: Sequence[int], name: str) -> None:
        """Say that drawings are of another class."""
        if numbers:
            self._collection.relabel(
                dict.fromkeys(numbers, name),
                lambda before: self._on_relabelled(before, name),
                self._on_failed,
            )

    def ask_for_label(self, numbers: Sequence[int], names: Sequence[str], begun: str) -> None:
        """Ask for a name that has no key, or is not known yet.

        Args:
            numbers: Of the drawings.
            names: To choose from.
            begun: What was typed already.
        """
        if not numbers:
            return
        prompt = LabelPrompt(self._view, len(numbers), names, lambda name: self.relabel(numbers, name))
        prompt.finished.connect(prompt.deleteLater)
        prompt.open()
        if begun:
            prompt.field.begin(begun)

    def delete(self, numbers: Sequence[int]) -> None:
        """Take drawings away."""
        if numbers:
            self._collection.delete(numbers, lambda _: self._on_deleted(numbers), self._on_failed)

    def note_import(self, numbers: Sequence[int], words: str) -> None:
        """These were taken in, as `words` say."""

        def take_back() -> None:
            self._collection.delete(
                numbers,
                lambda _: self._on_taken_back(f"Took {counted(len(numbers))} out again."),
                self._on_failed,
            )

        self._on_changed(words, take_back)

    def undo(self) -> None:
        """Take back the last change that was not taken back yet."""
        if self._ways_back:
            self._ways_back.pop()()

    def _on_relabelled(self, before: dict[int, str], name: str) -> None:
        changed = {number: label for number, label in before.items() if label != name}
        count = len(changed)
        if not changed:
            self._view.show_message(f"{'They are' if len(before) > 1 else 'It is'} labelled {name} already.")
            return

        def take_back() -> None:
            self._collection.relabel(
                changed,
                lambda _: self._on_taken_back(f"{counted(count)} relabelled as before."),
                self._on_failed,
            )

        self._on_changed(f"Relabelled {counted(count)} as {name}.", take_back)

    def _on_deleted(self, numbers: Sequence[int]) -> None:
        def take_back() -> None:
            self._collection.restore(
                numbers,
                lambda _: self._on_taken_back(f"Brought {counted(len(numbers))} back."),
                self._on_failed,
            )

        self._on_changed(f"Deleted {counted(len(numbers))}.", take_back)

    def _on_changed(self, words: str, take_back: Callable[[], None]) -> None:
        self._ways_back.append(take_back)
        self._view.show_message(words, can_undo=True)

    def _on_taken_back(self, words: str) -> None:
        self._view.show_message(words, can_undo=bool(self._ways_back))

    def _on_failed(self, sentence: str) -> None:
        self._view.show_message(sentence, is_trouble=True)
