"""PyInstaller's hook for torch: its libraries, and those of its modules that are imported by name.

The hook that comes with PyInstaller takes every module with its source; this one leaves the choice to the
imports that are written down in the code, less what `trimming.py` cuts.
"""

import importlib.metadata
import re

from PyInstaller import compat
from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_dynamic_libs

binaries = collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
binaries += [
    (source, "torch/bin")
    for source, _ in collect_dynamic_libs("torch", search_patterns=["torch_shm_manager"])
]
hiddenimports = [
    # Imported from C++ or by a name put together at run time.
    "torch._C._distributed_c10d",
    "torch._meta_registrations",
    "torch._refs",
    "torch._decomp",
    "torch.cuda.nccl",
    "torch.distributed._meta_registrations",
    "torch.utils._config_module",
]
if compat.is_linux:
    # A CUDA build of torch needs libraries from packages of their own, which are asked for by dlopen.
    from _pyinstaller_hooks_contrib.utils import nvidia_cuda

    names = [
        re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        for requirement in importlib.metadata.distribution("torch").requires or []
    ]
    hiddenimports += nvidia_cuda.infer_hiddenimports_from_requirements(
        [name for name in names if name.startswith("nvidia")]
    )
    # torch finds libraries next to those it has loaded; links elsewhere would mislead it.
    bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
