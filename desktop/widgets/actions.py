"""Actions: everything that can be done from the toolbar, a menu or the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from desktop.widgets.theme import APPEARANCES

_SHORTCUTS: dict[str, QKeySequence | QKeySequence.StandardKey] = {
    "undo": QKeySequence.StandardKey.Undo,
    "redo": QKeySequence("Ctrl+Shift+Z"),
    "open": QKeySequence.StandardKey.Open,
    "paste": QKeySequence.StandardKey.Paste,
    "copy": QKeySequence.StandardKey.Copy,
    "save": QKeySequence.StandardKey.Save,
    "random": QKeySequence("Ctrl+R"),
    "lesson": QKeySequence("Ctrl+L"),
    "why": QKeySequence("Ctrl+E"),
    "results": QKeySequence("Ctrl+M"),
    "undo_label": QKeySequence("Ctrl+U"),
    "drawings": QKeySequence("Ctrl+D"),
    "runs": QKeySequence("Ctrl+Shift+R"),
    "search": QKeySequence("Ctrl+Shift+S"),
    "boundaries": QKeySequence("Ctrl+B"),
    "steps": QKeySequence("Ctrl+I"),
    "copy_number": QKeySequence("Ctrl+Shift+C"),
    "train": QKeySequence("Ctrl+T"),
    "stop": QKeySequence("Ctrl+."),
    "learn": QKeySequence("Ctrl+Shift+T"),
    "practise": QKeySequence("Ctrl+Shift+P"),
    "booth": QKeySequence("F11"),
    "zoom_in": QKeySequence("Ctrl++"),
    "zoom_out": QKeySequence("Ctrl+-"),
    "zoom_usual": QKeySequence("Ctrl+0"),
    "quit": QKeySequence("Ctrl+Q"),
    "help": QKeySequence("F1"),
}


_MNEMONICS = {
    "clear": "&Clear",
    "undo": "&Undo",
    "redo": "R&edo",
    "open": "&Open",
    "paste": "&Paste",
    "random": "R&andom",
    "results": "Re&sults",
    "drawings": "&Drawings",
    "lesson": "&Lesson",
}
"""What buttons of the toolbar say, with the letter that presses each together with Alt."""


class Actions:
    """The actions of the main window, by name. They are connected by the window alone.

    Attributes:
        all: Every action that has a text of its own, in the order in which they were made.
        teaching: Those that need a network to teach.
    """

    def __init__(self, window: QMainWindow, before_each: Callable[[], None] = lambda: None) -> None:
        """Make all actions.

        Args:
            window: Hears their keys.
            before_each: Called when one is chosen, before anything is done for it.
        """
        self.all: list[QAction] = []

        def action(name: str, text: str, tip: str) -> QAction:
            made = QAction(text, window)
            # Qt calls in the order of the connections, and nobody can make one before the action is there.
            made.triggered.connect(lambda: before_each())
            if name in _SHORTCUTS:
                made.setShortcut(_SHORTCUTS[name])
                keys = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                made.setToolTip(f"{tip} ({keys})")
            else:
                made.setToolTip(tip)
            window.addAction(made)
            self.all.append(made)
            return made

        self.clear = action("clear", "Clear", "Clear the pad; can be undone (Delete)")
        self.undo = action("undo", "Undo", "Undo the last stroke")
        self.redo = action("redo", "Redo", "Redo the stroke")
        self.undo_label = action("undo_label", "Undo label", "Remove the label")
        self.undo_label.setEnabled(False)
        self.open = action("open", "Open…", "Open a picture or a drawing from a file")
        self.paste = action("paste", "Paste", "Paste a picture from the clipboard")
        self.random = action("random", "Random digit", "Insert a random digit")
        self.copy = action("copy", "Copy drawing", "Copy the drawing as a picture")
        self.copy_number = action("copy_number", "Copy number", "Copy the number as text")
        self.save = action("save", "Save drawing…", "Save the drawing as a PNG picture")
        self.lesson = action("lesson", "Lesson", "See how training works, one part at a time")
        self.lesson.setCheckable(True)
        self.lesson.setEnabled(False)
        self.why = action("why", "Why", "See which parts of the drawing speak for a digit, and which against")
        self.why.setCheckable(True)
        self.why.setEnabled(False)
        self.steps = action("steps", "Steps", "See the steps from the drawing to what the network sees")
        self.steps.setCheckable(True)
        self.steps.setEnabled(False)
        self.results = action("results", "Results", "See where the current network fails")
        self.results.setCheckable(True)
        self.results.setEnabled(False)
        self.drawings = action("drawings", "Drawings", "See the drawings you have labelled")
        self.drawings.setCheckable(True)
        self.drawings.setEnabled(False)
        self.runs = action("runs", "All runs", "See every training so far, and compare them")
        self.runs.setEnabled(False)
        self.search = action("search", "Search", "Train many networks, and see which settings are best")
        self.search.setCheckable(True)
        self.search.setEnabled(False)
        self.boundaries = action(
            "boundaries", "Boundaries", "See how trees, forests and networks tell points in the plane apart"
        )
        self.boundaries.setCheckable(True)
        self.boundaries.setEnabled(False)
        self.train = action("train", "Train", "Train a new network")
        self.stop = action("stop", "Stop", "Stop, and keep what was learned so far")
        self.learn = action("learn", "Learn from my drawings", "Teach it your handwriting")
        self.practise = action("practise", "Practice…", "Draw each digit when asked")
        self.new_signs = action(
            "new_signs", "New set of signs…", "Name signs of your own, and have the network learn them"
        )
        self.signs = action("signs", "My signs…", "Draw more of your own signs, or learn them again")
        self.booth = action("booth", "Booth", "A full-screen pad for visitors that remembers nobody")
        self.teaching = (self.learn, self.practise, self.new_signs, self.signs, self.booth)
        for teaching in self.teaching:
            teaching.setEnabled(False)
        self.open_network = action("open_network", "Open network…", "Use a network from a file")
        self.save_network = action("save_network", "Save network as…", "Save the current network to a file")
        self.former_network = action("former_network", "Previous network", "Go back to the previous network")
        self.shipped_network = action(
            "shipped_network",
            "Back to the shipped network",
            "Use the network that came with the program",
        )
        self.restore_settings = action(
            "restore_settings", "Restore default settings…", "Drawings, networks and runs are kept"
        )
        self.help = action("help", "Help", "How to draw, train and teach, and all keyboard shortcuts")
        self.help.setCheckable(True)
        # Where F1 is taken by the desktop, a question mark asks too.
        self.help.setShortcuts([self.help.shortcut(), QKeySequence("?")])
        self.about = action("about", "About Scratchpad", "Version, folders and licences")
        self.full_screen = action("full_screen", "Full screen", "Toggle full screen")
        self.full_screen.setCheckable(True)
        self.zoom_in = action("zoom_in", "Zoom in", "Show everything larger")
        # On most keyboards the plus is the equals sign with Shift.
        self.zoom_in.setShortcuts([self.zoom_in.shortcut(), QKeySequence("Ctrl+=")])
        self.zoom_out = action("zoom_out", "Zoom out", "Show everything smaller")
        self.zoom_usual = action("zoom_usual", "Zoom to 100 %", "Show everything as large as usual")
        self.quit = action("quit", "Quit", "Close the program")
        self.appearance = QActionGroup(window)
        for name in APPEARANCES:
            choice = QAction(f"{name.capitalize()}", window)
            choice.setData(name)
            choice.setCheckable(True)
            self.appearance.addAction(choice)


def build_toolbar(window: QMainWindow, actions: Actions, networks: QMenu) -> tuple[QToolBar, QToolButton]:
    """Fill the window's toolbar; returns it, and its button whose text names the network in use."""
    bar = QToolBar("Tools", window)
    window.addToolBar(bar)
    bar.setObjectName("tools")
    bar.setMovable(False)
    bar.setAccessibleName("Tools")
    for group in ((actions.clear, actions.undo, actions.redo), (actions.open, actions.paste, actions.random)):
        bar.addActions(group)
        if actions.clear in group:
            bar.addSeparator()
    for name, text in _MNEMONICS.items():
        getattr(actions, name).setIconText(text)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    spacer = QWidget()
    spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(spacer)
    network = _menu_button(networks, "Network")
    network.setObjectName("network")
    network.setToolTip("The network in use; click to choose another")
    # Beside the spacer: when its name grows, nothing but the empty room gives way.
    bar.addWidget(network)
    bar.addActions([actions.results, actions.drawings, actions.lesson])
    more = QMenu(window)
    more.addActions([actions.copy_number, actions.copy, actions.save, actions.undo_label])
    more.addSeparator()
    more.addActions([actions.practise, actions.learn])
    more.addSeparator()
    more.addActions([actions.new_signs, actions.signs])
    more.addSeparator()
    more.addActions([actions.open_network, actions.save_network])
    more.addSeparator()
    appearance = more.addMenu("Appearance")
    appearance.addActions(actions.appearance.actions())
    zoom = more.addMenu("Zoom")
    zoom.addActions([actions.zoom_in, actions.zoom_out, actions.zoom_usual])
    more.addActions([actions.full_screen, actions.booth])
    more.addSeparator()
    more.addAction(actions.restore_settings)
    more.addActions([actions.help, actions.about, actions.quit])
    menu = _menu_button(more, "More")
    menu.setText("&More")
    menu.setToolTip("Copy, save, appearance and more")
    bar.addWidget(menu)
    for button in bar.findChildren(QToolButton):
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return bar, network


def _menu_button(menu: QMenu, name: str) -> QToolButton:
    button = QToolButton()
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setAccessibleName(name)
    button.setProperty("menuButton", True)
    return button
