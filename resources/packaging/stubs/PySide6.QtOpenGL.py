"""In place of Qt's OpenGL classes in the frozen program, whose window is painted by the processor.

pyqtgraph imports this module and uses it only for plots that were asked to be drawn by OpenGL; the program
asks for none.
"""
