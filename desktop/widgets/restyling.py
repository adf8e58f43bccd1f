"""Restyling: another style sheet for the application, at once where it can be seen, later where it cannot.

Given another sheet, Qt styles every widget again, and with each all that is in it: one ten levels deep
ten times, whether it can be seen or not. With all pages made that held the event loop for a second. Here the
sheet is taken away and put on anew while Qt is told that there is nothing to style; then what can be seen is
styled, once, and the rest when it is shown.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.widgets.zoom.rescaling import Rescaling, rearrange

_CHILDREN = Qt.FindChildOption.FindDirectChildrenOnly


class Restyling(QObject):
    """Hands out style sheets; a widget that is hidden meanwhile waits, known by an event filter on it."""

    def __init__(self, application: QApplication, rescaling: Rescaling) -> None:
        super().__init__(application)
        self._application, self._rescaling = application, rescaling

    def apply(self, sheet: str) -> None:
        """Style all that can be seen now, and the rest as soon as it can be."""
        application = self._application
        if not application.styleSheet():
            application.setStyleSheet(sheet)
            return
        for window in application.topLevelWidgets():
            self._unstyle(window)
        every = application.allWidgets()
        styled = [each for each in every if not each.testAttribute(Qt.WidgetAttribute.WA_SetStyle)]
        for widget in styled:
            widget.setAttribute(Qt.WidgetAttribute.WA_SetStyle, True)
            widget.setAttribute(Qt.WidgetAttribute.WA_WState_Polished, False)
        application.setStyleSheet("")
        application.setStyleSheet(sheet)
        for widget in styled:
            widget.setAttribute(Qt.WidgetAttribute.WA_SetStyle, False)
        for window in application.topLevelWidgets():
            self._style_or_wait(window)

    def _unstyle(self, widget: QWidget) -> None:
        """What can be seen gives back the palette that the sheet has set; its font is set anew anyway.

        `QStyle.unpolish` would do both, in four times as long.
        """
        if not widget.isHidden():
            if widget.testAttribute(Qt.WidgetAttribute.WA_SetPalette):
                widget.setPalette(QPalette())
            for child in widget.findChildren(QWidget, options=_CHILDREN):
                self._unstyle(child)

    def _style_or_wait(self, widget: QWidget) -> None:
        if widget.isHidden():
            widget.installEventFilter(self)
        else:
            self._style(widget)

    def _style(self, widget: QWidget) -> None:
        """A widget that is shown, and in it all that is shown with it; what stays hidden goes on waiting."""
        if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.Polish))
        for child in widget.findChildren(QWidget, options=_CHILDREN):
            self._style_or_wait(child)
        # Its parts first, so that it is measured with them as they are.
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        widget.update()
        widget.updateGeometry()

    def _wake(self, widget: QWidget) -> None:
        """It comes to the zoom in use, and then to the style sheet.

        Nothing here has a palette of its own but from a sheet, and that of the last one is over.
        """
        self._rescaling.catch_up(widget)
        for each in (widget, *widget.findChildren(QWidget)):
            # What was made meanwhile has the palette of the sheet in use, and would not be given it again.
            if not each.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                each.setPalette(QPalette())
        self._style(widget)
        rearrange(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What waited is shown."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            self._wake(watched)
        return False
