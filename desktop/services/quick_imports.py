"""Quick imports: keeps Qt for Python from reading the source of everything that is imported after it.

It replaces Python's import and looks through each module's source for its own name, in order to offer other
spellings of Qt's names to modules that ask for them. None here asks. Of PyTorch's 800 modules it would keep
17 million characters: 40 MB of memory and a tenth of the time that PyTorch takes to import.
"""

from __future__ import annotations

import sys
from types import ModuleType


def skip_source_search() -> None:
    """Let imports from now on be Python's own; does nothing where Qt for Python has changed its ways."""
    feature = sys.modules.get("shibokensupport.feature")
    if callable(getattr(feature, "_mod_uses_pyside", None)):
        feature._mod_uses_pyside = _uses_no_other_spelling  # type: ignore[union-attr]


def _uses_no_other_spelling(_module: ModuleType) -> bool:
    return False
