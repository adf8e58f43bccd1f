"""The download against servers of every temper, each on 127.0.0.1, with small files in MNIST's stead."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import os
import socket
import struct
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from engine.data.mnist.download import DownloadCancelledError, download_mnist
from engine.data.mnist.files import MnistFile, has_all_files, raw_folder
from engine.data.mnist.watched_transfer import Redirects, TransferError, TransferLimits, Watch, fetched_chunks
from engine.errors import DataError

pytestmark = pytest.mark.threaded

NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
# Bytes that gzip cannot shrink, so that the largest packed file is several reads long.
CONTENTS = {
    name: b"".join(hashlib.sha256(f"{name} {part}".encode()).digest() for part in range(count))
    for name, count in zip(NAMES, (8192, 64, 1024, 16), strict=True)
}
PACKED = {f"/{name}.gz": gzip.compress(content, mtime=0) for name, content in CONTENTS.items()}
FILES = tuple(
    MnistFile(name, len(CONTENTS[name]), hashlib.sha256(CONTENTS[name]).hexdigest()) for name in NAMES
)
RESOURCES = [(path[1:], hashlib.md5(packed).hexdigest()) for path, packed in PACKED.items()]
PACKED_BYTES = [len(packed) for packed in PACKED.values()]
TOTAL = sum(PACKED_BYTES)
PATIENT = TransferLimits(silence_s=20.0, pace_s=60.0, poll_s=0.02)
HASTY = TransferLimits(silence_s=0.3, pace_s=60.0, poll_s=0.02)

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """Answers every request with one function and notes what was asked for."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, answer: Answer) -> None:
        self.asked: list[str] = []
        self.closing = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                # The program hangs up, as some of these servers deserve.
                with suppress(OSError):
                    answer(self)

            def log_message(self, *args: object) -> None:
                pass

        server = self
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def mirror(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    with Server(answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()


def send(handler: BaseHTTPRequestHandler, content: bytes, announced: int | None = None) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content) if announced is None else announced))
    handler.end_headers()
    handler.wfile.write(content)


def whole(handler: BaseHTTPRequestHandler) -> None:
    send(handler, PACKED[handler.path])


def damaged(handler: BaseHTTPRequestHandler) -> None:
    packed = PACKED[handler.path]
    send(handler, packed[:-9] + bytes([packed[-9] ^ 1]) + packed[-8:])


def truncated(handler: BaseHTTPRequestHandler) -> None:
    packed = PACKED[handler.path]
    send(handler, packed[: len(packed) // 2], announced=len(packed))


def broken_off(handler: BaseHTTPRequestHandler) -> None:
    truncated(handler)
    handler.wfile.flush()
    # Closing with SO_LINGER 0 sends a reset: a connection that was lost, not one that was ended.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def missing(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


def login_page(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"<html>Welcome to the hotel's network</html>")


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(bytes(1 << 16))


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")


def silent(handler: BaseHTTPRequestHandler) -> None:
    handler.server.closing.wait()  # type: ignore[attr-defined]


def stalling(handler: BaseHTTPRequestHandler) -> None:
    truncated(handler)
    handler.wfile.flush()
    silent(handler)


def fetch(
    folder: Path,
    *mirrors: str,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    limits: TransferLimits = PATIENT,
    resources: list[tuple[str, str]] = RESOURCES,
    files: tuple[MnistFile, ...] = FILES,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    download_mnist(
        folder, on_progress, is_cancelled, limits, mirrors, resources, files, PACKED_BYTES, ("http",), clock
    )


def stored(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in raw_folder(folder).glob("*")}


def test_whole_download_is_stored_and_told_to_its_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with serving(whole) as server:
        fetch(tmp_path / "new" / "data", server.mirror, on_progress=lambda *numbers: told.append(numbers))
    assert stored(tmp_path / "new" / "data") == CONTENTS
    done = [number for number, _ in told]
    assert done == sorted(done)
    assert done[0] == 0
    assert done[-1] == TOTAL
    assert len(set(done)) > len(NAMES) + 1, "the largest file must be told of while it arrives"
    assert {total for _, total in told} == {TOTAL}


@pytest.mark.parametrize(
    "answer", [damaged, truncated, broken_off, missing, login_page, endless, no_http, silent, stalling]
)
def test_bad_server_is_named_in_one_sentence_and_leaves_nothing(answer: Answer, tmp_path: Path) -> None:
    with (
        serving(answer) as server,
        pytest.raises(DataError, match=r"^MNIST could not be downloaded: check the connection"),
    ):
        fetch(tmp_path, server.mirror, limits=HASTY if answer in (silent, stalling) else PATIENT)
    assert server.asked
    assert stored(tmp_path) == {}


@pytest.mark.parametrize("answer", [damaged, truncated, broken_off, missing, endless, stalling])
def test_second_mirror_serves_what_the_first_does_not(answer: Answer, tmp_path: Path) -> None:
    with serving(answer) as first, serving(whole) as second:
        fetch(tmp_path, first.mirror, second.mirror, limits=HASTY if answer is stalling else PATIENT)
    assert stored(tmp_path) == CONTENTS
    assert first.asked == second.asked == list(PACKED)


def test_no_server_at_all_is_a_failed_download(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(DataError, match="check the connection"):
            fetch(tmp_path, f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert stored(tmp_path) == {}


@pytest.mark.parametrize("after_bytes", [0, 1, TOTAL // 2, TOTAL - PACKED_BYTES[-1]])
def test_cancelling_ends_the_download_and_leaves_no_temporary_file(after_bytes: int, tmp_path: Path) -> None:
    told = 0

    def on_progress(done: int, total: int) -> None:
        nonlocal told
        told = done

    with serving(whole) as server, pytest.raises(DownloadCancelledError):
        fetch(tmp_path, server.mirror, on_progress=on_progress, is_cancelled=lambda: told >= after_bytes)
    assert told < TOTAL
    assert not has_all_files(tmp_path, FILES)
    # Files that had been finished may stay: each of them was checked.
    assert stored(tmp_path).items() <= CONTENTS.items()


def test_a_slow_server_is_cancelled_between_drops(tmp_path: Path) -> None:
    asked = itertools.count()
    enough = threading.Event()

    def dripping(handler: BaseHTTPRequestHandler) -> None:
        send(handler, PACKED[handler.path][:1], announced=len(PACKED[handler.path]))
        enough.wait(120)
        handler.wfile.write(PACKED[handler.path][1:2])
        silent(handler)

    def on_progress(done: int, total: int) -> None:
        if done == 1:
            enough.set()

    def is_cancelled() -> bool:
        next(asked)
        return enough.is_set()

    with serving(dripping) as server, pytest.raises(DownloadCancelledError):
        fetch(tmp_path, server.mirror, on_progress=on_progress, is_cancelled=is_cancelled)
    assert next(asked) >= 2
    assert stored(tmp_path) == {}


def test_files_of_an_interrupted_unpacking_are_replaced_and_whole_ones_kept(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path)
    raw.mkdir(parents=True)
    cut, forged, kept = NAMES[0], NAMES[1], NAMES[2]
    (raw / cut).write_bytes(CONTENTS[cut][:1000])
    (raw / forged).write_bytes(bytes(len(CONTENTS[forged])))
    (raw / kept).write_bytes(CONTENTS[kept])
    told: list[int] = []
    with serving(whole) as server:
        fetch(tmp_path, server.mirror, on_progress=lambda done, total: told.append(done))
        assert server.asked == [path for path in PACKED if kept not in path]
        fetch(tmp_path, server.mirror)
        assert len(server.asked) == 3, "nothing is fetched twice"
    assert stored(tmp_path) == CONTENTS
    assert told[-1] == TOTAL


def test_packed_file_with_the_right_md5_and_the_wrong_content_is_refused(tmp_path: Path) -> None:
    others = tuple(MnistFile(file.name, file.size, "0" * 64) for file in FILES)
    with serving(whole) as server, pytest.raises(DataError, match="damaged"):
        fetch(tmp_path, server.mirror, files=others)
    assert stored(tmp_path) == {}


def test_a_file_in_place_of_the_folder_is_said_and_stays(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    with serving(whole) as server, pytest.raises(DataError, match=r"could not be stored in .*data"):
        fetch(tmp_path / "data", server.mirror)
    assert server.asked == []
    assert (tmp_path / "data").read_text() == "mine"


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no /dev/full to stand for a full disk"
)
def test_full_disk_is_said_and_no_other_mirror_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_open = Path.open

    def open_on_full_disk(path: Path, mode: str = "r") -> object:
        return real_open(Path("/dev/full"), "wb", buffering=0) if mode == "wb" else real_open(path, mode)

    monkeypatch.setattr(Path, "open", open_on_full_disk)
    with serving(whole) as server, pytest.raises(DataError, match=r"could not be stored .*No space left"):
        fetch(tmp_path, server.mirror, server.mirror)
    assert server.asked == list(PACKED)[:1]
    monkeypatch.undo()
    assert stored(tmp_path) == {}


def test_leftovers_of_killed_downloads_go_and_those_of_running_ones_stay(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path)
    raw.mkdir(parents=True)
    old = [raw / ".download-abc.gz", raw / f".{NAMES[0]}-abc.part"]
    new = raw / ".download-def.gz"
    for path in (*old, new):
        path.write_bytes(b"part")
    for path in old:
        os.utime(path, (1e9, 1e9))
    with serving(whole) as server:
        fetch(tmp_path, server.mirror)
    assert stored(tmp_path) == {**CONTENTS, new.name: b"part"}


def test_addresses_and_checksums_are_torchvisions_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.data.mnist.torchvision_guard import torchvision_datasets

    mnist = torchvision_datasets().MNIST
    with serving(whole) as server:
        monkeypatch.setattr(mnist, "mirrors", [server.mirror])
        monkeypatch.setattr(mnist, "resources", RESOURCES)
        download_mnist(
            tmp_path,
            lambda done, total: None,
            lambda: False,
            files=FILES,
            packed_bytes=PACKED_BYTES,
            schemes=("http",),
        )
    assert stored(tmp_path) == CONTENTS


class Hours:
    """A clock that goes on by so many seconds each time that somebody looks at it."""

    def __init__(self, step_s: float) -> None:
        self.now_s = 0.0
        self.step_s = step_s

    def __call__(self) -> float:
        self.now_s += self.step_s
        return self.now_s


def trickling_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    server = handler.server
    while not server.closing.wait(0.01):  # type: ignore[attr-defined]
        handler.wfile.write(b"X-Line: more\r\n"[:3])


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "9912422")
    handler.end_headers()
    while not handler.server.closing.wait(0.01):  # type: ignore[attr-defined]
        handler.wfile.write(b"x")


@pytest.mark.parametrize("answer", [trickling_headers, dripping])
def test_a_cancel_is_heard_while_headers_or_bytes_trickle(answer: Answer, tmp_path: Path) -> None:
    with serving(answer) as server, pytest.raises(DownloadCancelledError):
        fetch(tmp_path, server.mirror, is_cancelled=lambda: bool(server.asked))
    assert stored(tmp_path) == {}


@pytest.mark.parametrize("answer", [trickling_headers, dripping])
@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (TransferLimits(silence_s=1e9, pace_s=30.0, whole_s=1e9, poll_s=0.02), "sent fewer"),
        (TransferLimits(silence_s=1e9, pace_s=1e9, whole_s=100.0, poll_s=0.02), "took longer"),
    ],
    ids=["pace", "whole"],
)
def test_a_server_that_never_falls_silent_is_given_up_all_the_same(
    answer: Answer, limits: TransferLimits, reason: str, tmp_path: Path
) -> None:
    with (
        serving(answer) as server,
        pytest.raises(DataError, match="could not be downloaded") as failed,
    ):
        fetch(tmp_path, server.mirror, limits=limits, clock=Hours(1.0))
    assert isinstance(failed.value.__cause__, ExceptionGroup)
    assert reason in str(failed.value.__cause__.exceptions[0])
    assert stored(tmp_path) == {}


def test_the_next_server_is_given_time_of_its_own_but_the_whole_has_an_end() -> None:
    clock = Hours(0.0)
    watch = Watch(TransferLimits(silence_s=10, pace_s=20, pace_bytes=100, whole_s=60), lambda: None, clock)
    for now_s, act in (
        (5, lambda: watch.count(50)),
        (14, lambda: watch.count(50)),  # the pace is kept: another 20 s
        (23, watch.check),
        (26, watch.begin),
        (35, watch.check),
    ):
        clock.now_s = now_s
        act()
    clock.now_s = 37
    with pytest.raises(TransferError, match="sent nothing for 10 s"):
        watch.check()
    watch.begin()
    clock.now_s = 61
    with pytest.raises(TransferError, match="took longer than 60 s"):
        watch.check()


def test_only_addresses_of_https_are_asked(tmp_path: Path) -> None:
    with serving(whole) as server, pytest.raises(DataError, match="could not be downloaded"):
        download_mnist(
            tmp_path, lambda done, total: None, lambda: False, PATIENT, [server.mirror], RESOURCES, FILES,
            PACKED_BYTES,
        )  # fmt: skip
    assert server.asked == []


@pytest.mark.parametrize(
    "target", ["ftp://127.0.0.1/x", "file:///etc/passwd", "data:,x", "gopher://127.0.0.1/"]
)
def test_no_redirection_leads_to_another_kind_of_address(target: str, tmp_path: Path) -> None:
    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.end_headers()

    with serving(elsewhere) as server, pytest.raises(DataError, match="could not be downloaded"):
        fetch(tmp_path, server.mirror)
    assert len(server.asked) == 1


def test_a_redirection_from_https_to_http_is_refused() -> None:
    request = urllib.request.Request("https://example.org/file")
    with pytest.raises(TransferError, match="not an address of https"):
        Redirects(("https",)).redirect_request(request, None, 302, "", {}, "http://example.org/file")
    there = Redirects(("https",)).redirect_request(request, None, 302, "", {}, "https://example.org/other")
    assert there.full_url == "https://example.org/other"


def test_redirections_are_followed_and_loops_end(tmp_path: Path) -> None:
    def moved(handler: BaseHTTPRequestHandler) -> None:
        if handler.path.startswith("/new"):
            send(handler, PACKED[handler.path.removeprefix("/new")])
            return
        handler.send_response(301)
        handler.send_header("Location", f"/new{handler.path}")
        handler.end_headers()

    def round_and_round(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", handler.path)
        handler.end_headers()

    with serving(moved) as server:
        fetch(tmp_path / "one", server.mirror)
    assert stored(tmp_path / "one") == CONTENTS
    with serving(round_and_round) as server, pytest.raises(DataError, match="could not be downloaded"):
        fetch(tmp_path / "two", server.mirror)
    assert len(server.asked) <= 11


def test_an_address_that_is_none_is_a_failure_of_the_transfer() -> None:
    watch = Watch(PATIENT, lambda: None)
    for address in ("https://", "https://[", "nothing", "https://127.0.0.1:99999/x"):
        with pytest.raises((TransferError, ValueError)):
            list(fetched_chunks(address, watch))
