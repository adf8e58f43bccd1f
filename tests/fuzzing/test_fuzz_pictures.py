"""Damaged pictures for the window's reader and the command line's, in a process of their own.

A decoder that reads beyond its memory ends the process: that must not be the tests' own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_READERS = ("window", "engine")


@pytest.mark.parametrize("reader", _READERS)
def test_damaged_pictures_are_refused_or_read(reader: str) -> None:
    check(reader, 2_000)


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("reader", _READERS)
def test_many_damaged_pictures_are_refused_or_read(reader: str) -> None:
    check(reader, 20_000)


def check(reader: str, count: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzzing.test_fuzz_pictures", reader, str(count)],
        cwd=_ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"},
        capture_output=True,
        text=True,
        # What decoders print may quote damaged bytes.
        errors="replace",
    )
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(done.stdout)
    assert report["inputs"] == count
    assert report["foreign"] == {}
    assert report["accepted"] > 0
    assert report["memory_mib"] < 1024


def samples() -> list[bytes]:
    """Small pictures of every kind that is read."""
    import io

    from PIL import Image

    from tests.pictures import seven

    exif = Image.Exif()
    exif[0x0112] = 6
    made = []
    for kind, mode, options in (
        ("png", "L", {"exif": exif}),
        ("png", "RGBA", {}),
        ("png", "I;16", {}),
        ("jpeg", "RGB", {"exif": exif}),
        ("jpeg", "CMYK", {"progressive": True}),
        ("gif", "L", {}),
        ("bmp", "RGB", {}),
        ("tiff", "RGB", {}),
        ("tiff", "L", {"compression": "tiff_lzw"}),
        ("webp", "RGB", {"exif": exif, "lossless": True}),
        ("webp", "RGB", {"exif": exif}),
        ("ppm", "RGB", {}),
    ):
        paper = {"L": 255, "I;16": 65535}.get(mode, (255,) * len(mode))
        ink = {"L": 0, "I;16": 0, "RGBA": (0, 0, 0, 255)}.get(mode, (0,) * len(mode))
        file = io.BytesIO()
        seven(mode, paper, ink, 0.2).save(file, kind, **options)
        made.append(file.getvalue())
    return made


_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><g transform="scale(2)">'
    b'<path d="M8 6L22 6L12 25" stroke="black" stroke-width="2" fill="none"/></g></svg>'
)


def main(reader: str, count: int) -> None:
    """Read in this process, and print the report as JSON."""
    import tempfile

    from engine.errors import PictureError
    from tests.fuzzing.mutations import mutations
    from tests.fuzzing.reader_check import check_reader

    files = samples()
    if reader == "window":
        from PySide6.QtGui import QGuiApplication

        from desktop.pad.picture_decoding import decoded

        application = QGuiApplication([])
        report = check_reader(
            lambda data: decoded(data, "picture"), mutations([*files, _SVG], count, 0), PictureError
        )
        del application
    else:
        from engine.preprocessing.photographs.pictures import read_picture

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "picture")

            def read(data: bytes) -> object:
                path.write_bytes(data)
                return read_picture(path)

            report = check_reader(read, mutations(files, count, 0), PictureError)
    print(json.dumps(asdict(report)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
