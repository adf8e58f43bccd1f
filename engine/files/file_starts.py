"""File starts: what a file is by its first bytes, whatever its name says."""

from __future__ import annotations

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def is_picture(start: bytes) -> bool:
    """Whether they begin a picture of a usual form."""
    return start.startswith(_PICTURES) or (start.startswith(b"RIFF") and start[8:12] == b"WEBP")


def is_html(start: bytes) -> bool:
    """Whether they begin a page of the web, such as is stored where a download asks to log in."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return text.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def is_text(start: bytes) -> bool:
    """Whether they could begin a text: nothing but what can be typed."""
    return bool(start) and not any(byte < 9 or 13 < byte < 32 for byte in start)


def wrong_kind(start: bytes, suffix: str) -> str | None:
    """Why this is certainly no network that can be read, for a sentence that begins with its name; or None.

    Args:
        start: The first bytes of the file, some hundreds.
        suffix: Of its name, in small letters.
    """
    if not start:
        return "is empty: download or copy it again."
    if start.startswith(b"version https://git-lfs"):
        return "is only a pointer of Git LFS to the network: fetch the file itself with “git lfs pull”."
    if is_html(start):
        return "is a web page, not a network: download the file itself, perhaps after logging in."
    if start.startswith(b"\x89HDF"):
        return "is an HDF5 file, perhaps from Keras, which cannot be read here: open a state dict of PyTorch."
    if is_picture(start):
        return "is a picture: drop it on the pad, or choose Open there."
    if start.startswith(b"\x93NUMPY"):
        return "is an array of NumPy, which does not say what it is: open a state dict of PyTorch."
    if suffix == ".onnx":
        return "is an ONNX file, which Scratchpad writes but does not read: open a .safetensors or .pt file."
    if start.lstrip().startswith((b"{", b"[")) and is_text(start):
        return "is a JSON text, not a network: import it in Drawings if it holds drawings."
    # The first eight bytes of a safetensors file are a length, the last of them always 0.
    if is_text(start):
        return "is a text, not a network: open a .safetensors or .pt file."
    return None
