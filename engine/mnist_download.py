"""MNIST's download: torchvision's addresses and checksums, with a progress, a time-out and a way to cancel.

torchvision's own downloader has none of the three, prints to a terminal that a windowed program does not
have, and takes an unpacked file on its mere existence.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.errors import DataError
from engine.mnist_files import FILES, MnistFile, raw_folder, unpack

_CHUNK = 1 << 16
# The four packed files together; only for the progress, so that it is known before the first answer.
TOTAL_BYTES = 11_594_722


class DownloadCancelledError(DataError):
    """Somebody asked for the download to end; nothing that counts was left behind."""


def download_mnist(
    folder: Path,
    on_progress: Callable[[int, int], None],
    is_cancelled: Callable[[], bool],
    timeout_s: float = 20.0,
    mirrors: Sequence[str] | None = None,
    resources: Sequence[tuple[str, str]] | None = None,
    files: tuple[MnistFile, ...] = FILES,
) -> None:
    """Fetch, check and unpack the four files below `folder`, in torchvision's layout.

    Args:
        folder: torchvision's root; made if it is not there.
        on_progress: Told bytes done and bytes in all.
        is_cancelled: Asked between any two chunks.
        timeout_s: Seconds of silence after which a server is given up.
        mirrors: Addresses to try in turn; torchvision's by default.
        resources: Names and MD5 of the packed files; torchvision's by default.
        files: The unpacked files, in the same order.

    Raises:
        DownloadCancelledError: `is_cancelled` said so.
        DataError: No mirror answered with the right files, or the disk does not take them.
    """
    if mirrors is None or resources is None:
        from engine.torchvision_guard import torchvision_datasets

        mnist = torchvision_datasets().MNIST
        mirrors, resources = mirrors or mnist.mirrors, resources or mnist.resources
    done = 0
    for (name, md5), file in zip(resources, files, strict=True):
        packed = _fetch(folder, name, md5, mirrors, timeout_s, is_cancelled, on_progress, done)
        try:
            done += packed.stat().st_size
            unpack(packed, folder, file)
        finally:
            with contextlib.suppress(OSError):
                packed.unlink()


def _fetch(
    folder: Path,
    name: str,
    md5: str,
    mirrors: Sequence[str],
    timeout_s: float,
    is_cancelled: Callable[[], bool],
    on_progress: Callable[[int, int], None],
    done: int,
) -> Path:
    """One packed file under a temporary name, its checksum right, from the first mirror that has it."""
    raw = raw_folder(folder)
    try:
        raw.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=raw, prefix=".download-", suffix=".gz")
        os.close(handle)
    except OSError as error:
        raise DataError(
            f"MNIST could not be stored in {folder}: {error.strerror}. Free some space or choose a folder."
        ) from error
    path = Path(temporary)
    failure: Exception | None = None
    try:
        for mirror in mirrors:
            try:
                _transfer(mirror + name, path, timeout_s, is_cancelled, on_progress, done)
            except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
                failure = error
                continue
            if hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest() == md5:
                return path
            failure = DataError(f"{name} arrived damaged")
    except DataError:
        path.unlink(missing_ok=True)
        raise
    except OSError as error:
        path.unlink(missing_ok=True)
        raise DataError(
            f"MNIST could not be stored in {folder}: {error.strerror}. Free some space and try again."
        ) from error
    path.unlink(missing_ok=True)
    raise DataError(
        "MNIST could not be downloaded: check the connection and try again, or use a folder that has it."
    ) from failure


def _transfer(
    address: str,
    path: Path,
    timeout_s: float,
    is_cancelled: Callable[[], bool],
    on_progress: Callable[[int, int], None],
    done: int,
) -> None:
    request = urllib.request.Request(address, headers={"User-Agent": "scratchpad"})
    with urllib.request.urlopen(request, timeout=timeout_s) as answer, path.open("wb") as file:
        while True:
            if is_cancelled():
                raise DownloadCancelledError("The download was cancelled.")
            chunk = answer.read(_CHUNK)
            if not chunk:
                return
            file.write(chunk)
            done += len(chunk)
            on_progress(min(done, TOTAL_BYTES), TOTAL_BYTES)
