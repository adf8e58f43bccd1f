"""Plain dialog: a sentence in a window of the system's own, for when Qt cannot open one."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading

_TITLE = "Scratchpad"


def show_plainly(sentence: str) -> bool:
    """Show `sentence` by whatever the system has for it, and go on at once; whether there was anything."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, _TITLE, 0x10)
        return True
    for command in _commands(sentence):
        if shutil.which(command[0]):
            with contextlib.suppress(OSError):
                shown = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    # A terminal that is closed does not take the message with it.
                    start_new_session=True,
                )
                # The program need not stay for it; if it does, an end that nobody waits for leaves a zombie.
                threading.Thread(target=shown.wait, daemon=True).start()
                return True
    return False


def _commands(sentence: str) -> list[list[str]]:
    """What may show it, the best first."""
    if sys.platform == "darwin":
        # Passed as an argument: the sentence is never read as a script.
        script = "on run argv\ndisplay alert (item 1 of argv) message (item 2 of argv)\nend run"
        return [["osascript", "-e", script, _TITLE, sentence]]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return []
    return [
        ["zenity", "--error", f"--title={_TITLE}", "--no-markup", "--no-wrap", f"--text={sentence}"],
        ["kdialog", f"--title={_TITLE}", "--error", sentence],
        ["xmessage", "-center", "-title", _TITLE, sentence],
    ]
