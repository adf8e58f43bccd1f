"""Trimming: what is left out of the frozen program, why, and what never may be.

Read by the specification for PyInstaller as well as by the builder, so it imports nothing but the standard
library. Paths are those inside the program's folder, with forward slashes on every system.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Cut:
    """One part that is left out.

    Attributes:
        what: A few words, for the table of cuts.
        why: Why the program does without it.
        modules: Python modules, each with all below it.
        files: Patterns of paths, where ``*`` crosses slashes.
    """

    what: str
    why: str
    modules: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


CUTS: tuple[Cut, ...] = (
    Cut(
        "torch's tests, headers and programs",
        "only for who develops with torch; the helper of its shared memory stays",
        files=("torch/test/*", "torch/include/*", "torch/share/*", "torch/bin/*", "*/*_test.so", "*.pyi"),
    ),
    Cut(
        "torch's libraries for its own tests and for compiled models",
        "torch loads none of them by itself",
        files=(
            "torch/lib/libtorchbind_test*",
            "torch/lib/libjitbackend_test*",
            "torch/lib/libbackend_with_compiler*",
            "torch/lib/libaoti_custom_ops*",
        ),
    ),
    Cut(
        "torch's compiler",
        "nothing is compiled; where torch.optim asks for it, a stand-in of two functions answers",
        modules=(
            "torch._dynamo",
            "torch._export.db",
            "torch._export.serde",
            "torch._inductor",
            "torch._numpy",
            "torch._vendor.quack",
            "torch.fx.experimental.symbolic_shapes",
            "torch.onnx",
            "torch.sparse._triton_ops",
            "torch.sparse._triton_ops_meta",
            "torch.utils.hipify",
        ),
    ),
    Cut(
        "algebra, graphs and templates for torch's compiler",
        "asked for by it and by tensors without data, of which the program has none",
        modules=("sympy", "mpmath", "networkx", "jinja2", "markupsafe", "opt_einsum", "torch.utils._sympy"),
    ),
    Cut(
        "torch on many machines",
        "the program trains on one; what torch imports at its start stays",
        modules=(
            "torch.distributed._composable",
            "torch.distributed._shard",
            "torch.distributed._sharded_tensor",
            "torch.distributed._sharding_spec",
            "torch.distributed._symmetric_memory",
            "torch.distributed._tensor",
            "torch.distributed._tools",
            "torch.distributed.checkpoint",
            "torch.distributed.elastic",
            "torch.distributed.flight_recorder",
            "torch.distributed.fsdp",
            "torch.distributed.launch",
            "torch.distributed.launcher",
            "torch.distributed.nn",
            "torch.distributed.optim",
            "torch.distributed.pipelining",
            "torch.distributed.run",
            "torch.distributed.tensor",
        ),
    ),
    Cut(
        "torch's helpers for tests, benchmarks and telephones",
        "never asked for",
        modules=(
            "torch.ao.ns",
            "torch.ao.pruning",
            "torch.contrib",
            "torch.nativert",
            "torch.utils.benchmark",
            "torch.utils.bundled_inputs",
            "torch.utils.cpp_extension",
            "torch.utils.mobile_optimizer",
            "torch.utils.model_dump",
            "torch.utils.tensorboard",
            "torch.utils.viz",
            "caffe2",
            "functorch",
            "torchgen.api",
            "torchgen.dest",
            "torchgen.gen",
            "torchgen.operator_versions",
            "torchgen.packaged",
            "torchgen.selective_build",
            "torchgen.static_runtime",
        ),
        files=("torchgen/packaged/*", "torch/utils/model_dump/*"),
    ),
    Cut(
        "torchvision's operators and networks",
        "only its readers of MNIST are used; its models and operators have empty stand-ins",
        modules=(
            "torchvision.models",
            "torchvision.ops",
            "torchvision.transforms.v2",
            "torchvision.prototype",
        ),
        files=("torchvision/_C*", "torchvision/image*.so", "torchvision/image*.pyd", "torchvision.libs/*"),
    ),
    Cut(
        "Pillow's drawing of text, colour profiles and AVIF",
        "Pillow opens the pictures of a set in the forms that Qt opens for the pad, and draws nothing",
        modules=("PIL._avif", "PIL._imagingcms", "PIL._imagingft", "PIL._imagingtk"),
        files=(
            "pillow.libs/libavif*",
            "pillow.libs/libfreetype*",
            "pillow.libs/libharfbuzz*",
            "pillow.libs/libbrotli*",
            "pillow.libs/libpng*",
            "pillow.libs/liblcms2*",
        ),
    ),
    Cut(
        "NumPy's and pyqtgraph's tests, examples and three dimensions",
        "never asked for",
        modules=(
            "numpy.f2py",
            "numpy.distutils",
            "numpy.testing.tests",
            "numpy.typing.tests",
            "numpy._core.tests",
            "pyqtgraph.examples",
            "pyqtgraph.opengl",
            "pyqtgraph.jupyter",
            "pyqtgraph.canvas",
            "pyqtgraph.flowchart",
            "OpenGL",
        ),
        files=(
            "numpy/*/tests/*",
            "numpy/*.pxd",
            "numpy/*.h",
            "numpy/*/lib/*.a",
            "pyqtgraph/colors/maps/*",
            "pyqtgraph/icons/peegee/*",
        ),
    ),
    Cut(
        "Qt for the graphics card, for QML and for tests",
        "the window is painted by the processor; pyqtgraph does without the others",
        modules=(
            "PySide6.QtOpenGL",
            "PySide6.QtOpenGLWidgets",
            "PySide6.QtTest",
            "PySide6.QtQml",
            "PySide6.QtQuick",
            "PySide6.QtPdf",
            "PySide6.QtSql",
            "PySide6.QtXml",
        ),
        files=("*libQt6Qml*", "*libQt6Quick*", "*libQt6Pdf*", "*libQt6VirtualKeyboard*", "*/opengl32sw.dll"),
    ),
    Cut(
        "Qt's plugins for other screens, keyboards, networks and GTK",
        "X11, Wayland and no screen at all stay; files are chosen in the desktop's own portal",
        files=(
            "*/plugins/platforms/*qeglfs*",
            "*/plugins/platforms/*qlinuxfb*",
            "*/plugins/platforms/*qminimal*",
            "*/plugins/platforms/*qvkkhrdisplay*",
            "*/plugins/platforms/*qvnc*",
            "*/plugins/egldeviceintegrations/*",
            "*/plugins/generic/*",
            "*/plugins/networkinformation/*",
            "*/plugins/platforminputcontexts/*virtualkeyboard*",
            "*/plugins/platformthemes/*gtk3*",
            "*/plugins/tls/*",
            "*/plugins/wayland-graphics-integration-client/*",
            "*libQt6EglFSDeviceIntegration*",
            "*libQt6EglFsKms*",
            "*libQt6WaylandEglClientHwIntegration*",
        ),
    ),
    Cut(
        "Qt's readers of rare pictures",
        "PNG, JPEG, GIF, BMP, SVG and WebP stay",
        files=(
            "*/plugins/imageformats/*qicns*",
            "*/plugins/imageformats/*qpdf*",
            "*/plugins/imageformats/*qtga*",
            "*/plugins/imageformats/*qtiff*",
            "*/plugins/imageformats/*qwbmp*",
        ),
    ),
    Cut("Qt's translations", "the program speaks English", files=("*/translations/*",)),
    Cut(
        "records of the installation",
        "they tell where the program was built, and differ from build to build",
        files=("*.dist-info/RECORD", "*.dist-info/direct_url.json"),
    ),
    Cut(
        "parts of Python's library",
        "for terminals and development",
        modules=(
            "tkinter",
            "_tkinter",
            "turtle",
            "idlelib",
            "lib2to3",
            "curses",
            "_curses",
            "readline",
            "ensurepip",
            "pydoc_data",
            "venv",
            "test",
            "setuptools",
            "pkg_resources",
            "_distutils_hack",
            "pip",
            "wheel",
            "pytest",
            "hypothesis",
            "IPython",
            "matplotlib",
            "scipy",
            "pandas",
            "tensorboard",
            "jax",
        ),
    ),
)
"""Everything that is left out."""

NEEDED: tuple[str, ...] = (
    "torch/bin/torch_shm_manager",
    "torch/lib/libtorch_cpu*",
    "torch/lib/libtorch_python*",
    "torch/lib/libc10*",
    "torch/lib/libshm*",
    "torch/_C.*",
    "torch/testing/_internal/logging_tensor*",
    "PIL/_imaging.*",
    "*/plugins/platforms/*qxcb*",
    "*/plugins/platforms/*qwayland*",
    "*/plugins/platforms/*qoffscreen*",
    "*/plugins/platforms/*qwindows*",
    "*/plugins/platforms/*qcocoa*",
    "*/plugins/imageformats/*qjpeg*",
    "*/plugins/imageformats/*qgif*",
    "*/plugins/imageformats/*qsvg*",
    "*/plugins/imageformats/*qwebp*",
    "*/plugins/iconengines/*qsvgicon*",
    "PySide6/QtSvg.*",
    "*Qt6Svg*",
    "*/plugins/styles/*",
    "engine/*",
    "desktop/*",
    "resources/*",
)
"""Patterns of paths that no cut may take, whatever its own patterns say."""

KEPT_OF_TESTING = ("torch.testing._internal.logging_tensor", "torch.testing._internal.common_dtype")
"""What torch itself imports of its testing helpers; the others are left out."""

STAND_INS = (
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "torch._dynamo",
    "torchvision.models",
    "torchvision.ops",
)
"""Modules in whose place one of the folder ``stubs`` is frozen."""

# Where a desktop has these, they must be its own: they go with its drivers, its settings and its security
# updates. What is not named here and not part of every system is small, often missing, and comes along.
_SYSTEM_LIBRARIES = re.compile(
    r"lib("
    r"stdc\+\+|gcc_s|z|ssl|crypto|glib-2\.0|gthread-2\.0|gobject-2\.0|gio-2\.0|gmodule-2\.0|pcre2-8|dbus-1|"
    r"systemd|cap|gcrypt|gpg-error|lz4|zstd|fontconfig|freetype|expat|png16|brotli\w+|uuid|ffi|"
    r"X11|X11-xcb|Xau|Xdmcp|xcb|xcb-(glx|randr|render|shape|shm|sync|xfixes|xinput|xkb|present|dri\d)|"
    r"xkbcommon|xkbcommon-x11|bsd|md|gssapi_krb5|krb5|k5crypto|com_err|krb5support|keyutils"
    r")\.so(\.\d+)*"
)


def is_system_library(name: str) -> bool:
    """Whether a library, by its file's name, is left to the system under Linux."""
    return _SYSTEM_LIBRARIES.fullmatch(name) is not None


def cut_of_file(path: str) -> Cut | None:
    """The cut that takes the file with this path inside the program's folder, if one does."""
    if _matches(path, NEEDED):
        return None
    return next((cut for cut in CUTS if _matches(path, cut.files)), None)


def cut_of_module(name: str) -> Cut | None:
    """The cut that takes the Python module with this dotted name, if one does."""
    return next((cut for cut in CUTS if any(_is_in(name, module) for module in cut.modules)), None)


def excluded_modules() -> list[str]:
    """All modules of all cuts, for PyInstaller's ``excludes``."""
    return sorted(module for cut in CUTS for module in cut.modules)


def _is_in(name: str, module: str) -> bool:
    return name == module or name.startswith(module + ".")


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)
