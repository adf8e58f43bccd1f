"""Peer user: who is at the other end of a local socket, as the system knows it."""

from __future__ import annotations

import os
import socket
import struct
import sys


def is_same_user(descriptor: int) -> bool:
    """Whether the other end of a connected socket is this user's; true where the system does not tell.

    There, the socket's own rights keep others away: it lies in a folder of this user's alone, or is a pipe
    that Windows opens to this user alone.
    """
    user = _peer_user(descriptor)
    return user is None or user == os.getuid()


def _peer_user(descriptor: int) -> int | None:
    if sys.platform == "linux":
        level, option, form = socket.SOL_SOCKET, socket.SO_PEERCRED, "iII"  # process, user, group
    elif sys.platform == "darwin":
        level, option, form = 0, 1, "II"  # SOL_LOCAL, LOCAL_PEERCRED: version and user begin a longer record
    else:
        return None
    # A copy: closing it leaves the connection open.
    with socket.socket(fileno=os.dup(descriptor)) as peer:
        try:
            found = struct.unpack_from(form, peer.getsockopt(level, option, 128))
        except (OSError, struct.error):
            return -1  # nobody's: the other end is gone
    return int(found[1])
