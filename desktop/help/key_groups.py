"""Key groups: every key of the program, by what it is for, taken from the actions themselves."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence

from desktop.widgets.actions import Actions


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does.

    Attributes:
        keys: As it is printed on a keyboard, such as ``Ctrl+Z``.
        meaning: A few words.
    """

    keys: str
    meaning: str


# Keys of a part of the window, which that part handles while it has the keyboard; they have no action.
_PAD_KEYS = (
    Key("0 to 9, A to Z", "Label the drawing"),
    Key("Left, Right", "Move from digit to digit"),
    Key("Delete", "Clear the pad"),
    Key("Escape", "Close what is open, or clear the pad"),
)
_TEACHING_KEYS = (
    Key("Space", "Keep the drawing in practice"),
    Key("F10", "Next visitor in the booth"),
    Key("Hold Escape", "Leave the booth"),
)
_ZOOM_KEYS = (Key("Ctrl and the wheel", "Zoom in and out"),)
_GALLERY_KEYS = (
    Key("0 to 9, A to Z", "Change the label of the selected drawings"),
    Key("F2", "Type a name for the selected drawings"),
    Key("Delete", "Delete the selected drawings"),
    Key("Enter", "Put the selected drawing on the pad"),
)

_PLANE_KEYS = (
    Key("1 to 8", "Choose the class to paint"),
    Key("Arrow keys", "Move a cross over the plane, or go from unit to unit"),
    Key("Space", "Paint points at the cross"),
    Key("Backspace", "Erase points at the cross"),
)


def key_groups(actions: Actions) -> dict[str, list[Key]]:
    """All keys by heading; an action that gets a shortcut and stands in no group is listed under More."""
    groups: dict[str, list[QAction]] = {
        "Pad": [actions.undo, actions.redo, actions.random, actions.open, actions.paste],
        "Reading": [actions.why, actions.steps, actions.copy_number],
        "Training": [
            actions.train,
            actions.stop,
            actions.results,
            actions.runs,
            actions.search,
            actions.boundaries,
            actions.lesson,
        ],
        "Teaching": [actions.undo_label, actions.practise, actions.learn, actions.booth, actions.drawings],
    }
    grouped = {action for group in groups.values() for action in group}
    groups["More"] = [
        action for action in actions.all if action not in grouped and not action.shortcut().isEmpty()
    ]
    listed = {heading: [_key(action) for action in group] for heading, group in groups.items()}
    listed["Pad"] += _PAD_KEYS
    listed["Teaching"] += _TEACHING_KEYS
    listed["More"] += _ZOOM_KEYS
    listed["Drawings"] = list(_GALLERY_KEYS)
    listed["Boundaries"] = list(_PLANE_KEYS)
    return {heading: keys for heading, keys in listed.items() if keys}


def _key(action: QAction) -> Key:
    native = QKeySequence.SequenceFormat.NativeText
    keys = " or ".join(shortcut.toString(native) for shortcut in action.shortcuts())
    return Key(keys, action.text().replace("&", "").rstrip("…"))
