"""Watched transfer: fetches an address over HTTPS alone, with a bound on silence, pace and time.

urllib's own time-out is one of silence: a server that sends a byte now and then, or one line of its headers
after another, holds it for ever, and nobody who asks for an end is heard meanwhile. Here the socket itself is
watched: whoever reads from it, headers included, looks several times a second whether to go on.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import IO, Any

_CHUNK = 1 << 16


class TransferError(Exception):
    """A server that is silent, slow, absent, not to be trusted, or that answers with something else."""


@dataclass(frozen=True, slots=True)
class TransferLimits:
    """How long to wait for a server.

    Attributes:
        silence_s: Seconds in which nothing at all arrives.
        pace_s: Seconds in which `pace_bytes` at least have to arrive, headers included.
        pace_bytes: Bytes.
        whole_s: Seconds for everything together, redirections and other servers included.
        poll_s: Seconds between two looks at whether to go on.
    """

    silence_s: float = 20.0
    pace_s: float = 30.0
    pace_bytes: int = 30_000
    whole_s: float = 1800.0
    poll_s: float = 0.2


class Watch:
    """Counts what arrives, and says when it is too little or too late."""

    def __init__(
        self,
        limits: TransferLimits,
        check_wanted: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin to count.

        Args:
            limits: How long to wait.
            check_wanted: Raises what ends the transfer where nobody wants it any more.
            clock: Seconds.
        """
        self.limits = limits
        self._check_wanted = check_wanted
        self._clock = clock
        self._end = clock() + limits.whole_s
        self._heard = self._since = clock()
        self._arrived = 0

    def begin(self) -> None:
        """Another connection: silence and pace are measured anew, the whole is not."""
        self._heard = self._since = self._clock()
        self._arrived = 0

    def count(self, arrived: int) -> None:
        """So many bytes have come."""
        now = self._clock()
        self._heard = now
        self._arrived += arrived
        if self._arrived >= self.limits.pace_bytes:
            self._since, self._arrived = now, 0

    def check(self) -> None:
        """Do nothing if the transfer may go on.

        Raises:
            TransferError: The server is silent or too slow.
        """
        self._check_wanted()
        now = self._clock()
        if now > self._end:
            raise TransferError(f"took longer than {self.limits.whole_s:g} s")
        if now - self._heard > self.limits.silence_s:
            raise TransferError(f"sent nothing for {self.limits.silence_s:g} s")
        if now - self._since > self.limits.pace_s:
            raise TransferError(
                f"sent fewer than {self.limits.pace_bytes:,} bytes in {self.limits.pace_s:g} s"
            )


def fetched_chunks(
    address: str, watch: Watch, schemes: Sequence[str] = ("https",)
) -> Generator[bytes, None, None]:
    """What an address answers, as soon as it arrives.

    Args:
        address: Of one of the schemes.
        watch: Looked at several times a second.
        schemes: That the address, and wherever it leads, may have.

    Raises:
        TransferError: Any failure of the network; no failure of a disk is among them.
    """
    _check_scheme(address, schemes)
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        Redirects(schemes),
        *([_Https(watch)] if "https" in schemes else []),
        *([_Http(watch)] if "http" in schemes else []),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(address, headers={"User-Agent": "scratchpad"})
    try:
        with opener.open(request, timeout=watch.limits.silence_s) as answer:
            while chunk := answer.read1(_CHUNK):
                yield chunk
    except TransferError as error:
        raise TransferError(f"{address} {error}") from error
    except urllib.error.HTTPError as error:
        error.close()
        raise TransferError(f"{address} answered {error.code}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise TransferError(f"{address}: {error}") from error


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to addresses of the same trust alone."""

    def __init__(self, schemes: Sequence[str]) -> None:
        self._schemes = schemes

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Refuse what leads elsewhere.

        Raises:
            TransferError: The address is of another scheme.
        """
        try:
            _check_scheme(newurl, self._schemes)
        except TransferError:
            if fp is not None:
                fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check_scheme(address: str, schemes: Sequence[str]) -> None:
    if urllib.parse.urlsplit(address).scheme not in schemes:
        raise TransferError(f"{address} is not fetched: it is not an address of {' or '.join(schemes)}")


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(_connection(http.client.HTTPSConnection, self._watch), req)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(_connection(http.client.HTTPConnection, self._watch), req)


def _connection(kind: type[http.client.HTTPConnection], watch: Watch) -> Any:
    """A class of connections whose socket is watched as soon as there is one."""

    class Watched(kind):  # type: ignore[valid-type,misc]
        def connect(self) -> None:
            watch.begin()
            super().connect()
            watch.check()
            self.sock: Any = _WatchedSocket(self.sock, watch)

    return Watched


class _WatchedSocket:
    """What `http.client` asks of a socket, with reads that are watched."""

    def __init__(self, inner: socket.socket, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    def sendall(self, data: bytes) -> None:
        self._inner.sendall(data)

    def makefile(self, _mode: str = "rb") -> IO[bytes]:
        return io.BufferedReader(_WatchedReader(self._inner, self._watch))

    def close(self) -> None:
        self._inner.close()


class _WatchedReader(io.RawIOBase):
    def __init__(self, inner: socket.socket, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch
        # Holds the socket open until this is closed, as any file of it does.
        self._hold = inner.makefile("rb", buffering=0)
        inner.settimeout(watch.limits.poll_s)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            self._watch.check()
            with contextlib.suppress(TimeoutError):
                arrived = self._inner.recv_into(buffer)
                self._watch.count(arrived)
                return arrived

    def close(self) -> None:
        if not self.closed:
            self._hold.close()
        super().close()
