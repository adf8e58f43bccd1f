"""The Qt program: windows, pad, panels and worker threads.

The only place that imports PySide6 or pyqtgraph.
"""
