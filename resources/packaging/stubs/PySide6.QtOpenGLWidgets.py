"""In place of Qt's OpenGL widget in the frozen program, whose window is painted by the processor.

pyqtgraph derives classes from it, of which it makes an object only for plots that were asked to be drawn by
OpenGL; the program asks for none.
"""

from PySide6.QtWidgets import QWidget


class QOpenGLWidget(QWidget):
    """A base for classes that are never used."""
