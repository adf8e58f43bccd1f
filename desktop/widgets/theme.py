"""Theme: the colours of the window in light and dark, one accent, its zoom, and the style sheet of these."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

import resources
from desktop.widgets.restyling import Restyling
from desktop.widgets.zoom.lengths import zoom_percent
from desktop.widgets.zoom.rescaling import Rescaling, rearrange
from desktop.widgets.zoom.sheet import scaled_sheet

APPEARANCES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
"""What a user may choose, by the names that the settings keep."""


_INDIGO, _VIOLET = "#4f46e5", "#8b8cff"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one appearance, each ``#rrggbb``; text has a contrast of 4.5 or more.

    `mark` is that of frames and boxes on the pad and on pictures, which are dark in either appearance.
    """

    window: str
    panel: str
    line: str
    field: str
    field_hover: str
    track: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_fill: str
    accent_hover: str
    on_accent: str
    second: str
    weak: str
    warning: str
    pad: str
    ink: str
    pad_text: str
    seen: str
    mark: str


LIGHT = Colours(
    window="#f5f5f7",
    panel="#ffffff",
    line="#e2e2e8",
    field="#f3f3f6",
    field_hover="#eaeaf0",
    track="#ececf1",
    text="#17181d",
    muted="#62636d",
    disabled="#a4a5ae",
    accent=_INDIGO,
    accent_fill=_INDIGO,
    accent_hover="#4338ca",
    on_accent="#ffffff",
    second="#0b7d72",
    weak="#a9a9b4",
    warning="#b42318",
    pad="#17181d",
    ink="#f4f1ea",
    pad_text="#b9bac4",
    seen="#0d0e12",
    mark=_VIOLET,
)

DARK = Colours(
    window="#1a1b20",
    panel="#222329",
    line="#33353d",
    field="#2a2b32",
    field_hover="#32343c",
    track="#2f3138",
    text="#f1f1f4",
    muted="#a3a4b0",
    disabled="#686a76",
    accent=_VIOLET,
    accent_fill="#6460ee",
    accent_hover="#7673f5",
    on_accent="#ffffff",
    second="#34d0b0",
    weak="#6c6e7a",
    warning="#ff8a80",
    pad="#101116",
    ink="#f4f1ea",
    pad_text="#b9bac4",
    seen="#0d0e12",
    mark=_VIOLET,
)


class Theme(QObject):
    """Keeps the application's palette and style sheet in step with the system or the user's choice.

    Signals:
        colours_changed: The appearance or the zoom changed, and palette, fonts and style sheet are already
            in place; those who paint with colours or pens of their own take `colours` again.
    """

    colours_changed = Signal()

    def __init__(self, application: QApplication, appearance: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self._appearance = "system"
        application.setStyle("Fusion")
        self.colours = LIGHT
        self._rescaling = Rescaling(application)
        self._restyling = Restyling(application, self._rescaling)
        self._apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self.choose(appearance)

    @property
    def is_dark(self) -> bool:
        """Whether the dark appearance is shown."""
        return self.colours is DARK

    def choose(self, appearance: str) -> None:
        """Follow the system or keep to one appearance.

        Args:
            appearance: A key of `APPEARANCES`; an unknown one is ``system``.
        """
        self._appearance = appearance if appearance in APPEARANCES else "system"
        # Told to Qt too, for what it draws itself: title bars and file dialogs.
        QGuiApplication.styleHints().setColorScheme(APPEARANCES[self._appearance])
        self._refresh()

    def zoom_to(self, percent: int) -> None:
        """Show everything larger or smaller.

        Args:
            percent: One of `zoom.STEPS`.
        """
        if percent != zoom_percent():
            self._rescaling.go_to(percent)
            self._apply()
            for window in self._application.topLevelWidgets():
                if window.isVisible():
                    rearrange(window)
            self.colours_changed.emit()

    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._refresh()

    def _wanted(self) -> Colours:
        """Not every platform takes a scheme from a program, so a choice does not depend on Qt's answer."""
        if self._appearance == "system":
            return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._appearance == "dark" else LIGHT

    def _refresh(self) -> None:
        if self._wanted() is not self.colours:
            self._apply()
            self.colours_changed.emit()

    def _apply(self) -> None:
        self.colours = self._wanted()
        self._application.setPalette(_palette(self.colours))
        icons = resources.path("icons").as_posix()
        sheet = Template(scaled_sheet(resources.text("styles", "window.qss")))
        self._restyling.apply(sheet.substitute(asdict(self.colours), icons=icons))


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.Base: colours.panel,
        QPalette.ColorRole.AlternateBase: colours.field,
        QPalette.ColorRole.Button: colours.field,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.panel,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Highlight: colours.accent_fill,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Mid: colours.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return palette
