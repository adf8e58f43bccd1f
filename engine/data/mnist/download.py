"""MNIST's download: torchvision's addresses and checksums, with progress, bounds on time and a way to stop.

torchvision's own downloader has none of the three, prints to a terminal that a windowed program does not
have, and takes an unpacked file on its mere existence. `watched_transfer` has the bounds.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from engine.data.mnist.files import FILES, MnistFile, is_whole, raw_folder, unpack
from engine.data.mnist.watched_transfer import TransferError, TransferLimits, Watch, fetched_chunks
from engine.errors import DataError

PACKED_BYTES = (9_912_422, 28_881, 1_648_877, 4_542)
"""Sizes of the four packed files: the progress knows its end before the first answer."""

_LEFTOVER_AGE_S = 3600


class DownloadCancelledError(DataError):
    """Somebody asked for the download to end; nothing that counts was left behind."""


def download_mnist(
    folder: Path,
    on_progress: Callable[[int, int], None],
    is_cancelled: Callable[[], bool],
    limits: TransferLimits = TransferLimits(),  # noqa: B008  (frozen)
    mirrors: Sequence[str] | None = None,
    resources: Sequence[tuple[str, str]] | None = None,
    files: Sequence[MnistFile] = FILES,
    packed_bytes: Sequence[int] = PACKED_BYTES,
    schemes: Sequence[str] = ("https",),
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Fetch, check and unpack the four files below `folder`, in torchvision's layout.

    A file that is there already and whole is not fetched again; one that is damaged is replaced.

    Args:
        folder: torchvision's root; made if it is not there.
        on_progress: Told bytes done and bytes in all, of the packed files. Done may fall when the next server
            is tried, and reaches the whole when all is unpacked.
        is_cancelled: Asked several times a second once a server is connected.
        limits: How long to wait for the servers.
        mirrors: Addresses to try in turn; torchvision's by default.
        resources: Names and MD5 of the packed files; torchvision's by default.
        files: The unpacked files, in the same order.
        packed_bytes: Sizes of the packed files, in the same order.
        schemes: That addresses may have.
        clock: Seconds, by which `limits` are measured.

    Raises:
        DownloadCancelledError: `is_cancelled` said so.
        DataError: No mirror answered with the right files, or the disk does not take them.
    """
    if mirrors is None or resources is None:
        from engine.data.mnist.torchvision_guard import torchvision_datasets

        mnist = torchvision_datasets().MNIST
        mirrors = mnist.mirrors if mirrors is None else mirrors
        resources = mnist.resources if resources is None else resources
    total = sum(packed_bytes)
    before = 0
    with _said_of(folder):
        _remove_leftovers(raw_folder(folder))

    def check_wanted() -> None:
        if is_cancelled():
            raise DownloadCancelledError("The download was cancelled.")

    watch = Watch(limits, check_wanted, clock)

    def fetched(address: str) -> Generator[bytes, None, None]:
        return fetched_chunks(address, watch, schemes)

    for (name, md5), file, expected in zip(resources, files, packed_bytes, strict=True):

        def on_arrived(arrived: int, before: int = before) -> None:
            check_wanted()
            on_progress(before + arrived, total)

        on_arrived(0)
        if not is_whole(folder, file):
            with _temporary_file(folder) as packed:
                _fetch([mirror + name for mirror in mirrors], packed, md5, expected, fetched, on_arrived)
                unpack(packed, folder, file)
        before += expected
    on_progress(total, total)


def _fetch(
    addresses: Sequence[str],
    path: Path,
    md5: str,
    expected: int,
    fetched: Callable[[str], Generator[bytes, None, None]],
    on_arrived: Callable[[int], None],
) -> None:
    """Write what the first address with the right checksum sends."""
    failures: list[TransferError] = []
    for address in addresses:
        digest = hashlib.md5(usedforsecurity=False)
        arrived = 0
        try:
            with path.open("wb") as file, contextlib.closing(fetched(address)) as chunks:
                for chunk in chunks:
                    arrived += len(chunk)
                    if arrived > expected:
                        break  # some other file, perhaps an endless one: the disk is not filled with it
                    digest.update(chunk)
                    file.write(chunk)
                    on_arrived(arrived)
            if arrived == expected and digest.hexdigest() == md5:
                return
            raise TransferError(f"{address} sent something else")
        except TransferError as error:
            failures.append(error)
            on_arrived(0)
    raise DataError(
        "MNIST could not be downloaded: check the connection and try again, or use a folder that has it."
    ) from ExceptionGroup("all mirrors failed", failures)


@contextlib.contextmanager
def _temporary_file(folder: Path) -> Iterator[Path]:
    """A file beside the final ones, gone afterwards whatever happens."""
    with _said_of(folder):
        raw = raw_folder(folder)
        raw.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=raw, prefix=".download-", suffix=".gz")
        os.close(handle)
        try:
            yield Path(name)
        finally:
            with contextlib.suppress(OSError):
                os.unlink(name)


@contextlib.contextmanager
def _said_of(folder: Path) -> Iterator[None]:
    """Say a failure of the disk in one sentence."""
    try:
        yield
    except OSError as error:
        raise DataError(
            f"MNIST could not be stored in {folder}: {error.strerror or error}. "
            "Free some space or choose a folder."
        ) from error


def _remove_leftovers(raw: Path) -> None:
    """Remove the temporary files of downloads that were killed: 57 MB each, and none ever counts.

    Only old ones: a transfer that was left behind, or another window's, may still be writing its own.
    """
    newest = time.time() - _LEFTOVER_AGE_S
    for pattern in (".download-*.gz", ".*.part"):
        for path in raw.glob(pattern):
            if path.stat().st_mtime < newest:
                path.unlink(missing_ok=True)
