"""Where the library of the plot is imported: in the window's thread, or PySide6 may end the program."""

import json
import subprocess
import sys
from pathlib import Path

# Says in which thread pyqtgraph was looked for.
_PROGRAM = """
import json, sys, threading
from PySide6.QtWidgets import QApplication
application = QApplication([])
class Watch:
    found = []
    def find_spec(self, name, path=None, target=None):
        if name == "pyqtgraph":
            self.found.append(threading.current_thread() is threading.main_thread())
sys.meta_path.insert(0, Watch())
from desktop.training.panel import TrainingPanel
from desktop.training.plot.plot_controller import PlotController
controller = PlotController(TrainingPanel())
controller.prepare_plot()
before = controller.plot is not None
while controller.plot is None:
    application.processEvents()
print(json.dumps([before, Watch.found]))
"""


def test_it_is_the_window_s_thread_once_that_has_nothing_else_to_do():
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [False, [True]]
