"""Run before the frozen program: gives the programs that it starts the environment that it was started with.

PyInstaller's starter points LD_LIBRARY_PATH at the program's own libraries. This process has read it by now;
a file manager or browser started from it must not load Qt and others from here.
"""

import os

_original = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _original is not None:
    os.environ["LD_LIBRARY_PATH"] = _original
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
