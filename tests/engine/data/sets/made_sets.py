"""Small sets in every form, made for the tests."""

import gzip
import struct

import numpy as np

CODES = {"uint8": 0x08, "int8": 0x09, "int16": 0x0B, "int32": 0x0C, "float32": 0x0D}


def pictures(count=40, side=28, seed=0):
    """(count, side, side) uint8 with a bright patch each, and labels 0 to 9."""
    generator = np.random.default_rng(seed)
    images = np.zeros((count, side, side), np.uint8)
    images[:, side // 4 : side // 2, side // 3 : side // 2] = 255
    images[:, side // 2, : side // 2] = generator.integers(1, 255, (count, side // 2))
    images[:, 0, :], images[:, -1, :], images[:, :, 0], images[:, :, -1] = 0, 0, 0, 0
    return images, np.arange(count) % 10


def idx(array):
    """The bytes of an IDX file."""
    array = np.asarray(array)
    header = struct.pack(f">HBB{array.ndim}I", 0, CODES[array.dtype.name], array.ndim, *array.shape)
    return header + array.astype(array.dtype.newbyteorder(">")).tobytes()


def write_idx(folder, images, labels, part="train", prefix="", dots=False, packed=False):
    """A pair of files."""
    folder.mkdir(parents=True, exist_ok=True)
    sign = "." if dots else "-"
    for what, array, rank in (("images", images, 3), ("labels", labels, 1)):
        kind = "ubyte" if np.asarray(array).dtype == np.uint8 else "int"
        content = idx(array)
        name = f"{prefix}{part}-{what}{sign}idx{rank}{sign}{kind}"
        if packed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(content))
        else:
            (folder / name).write_bytes(content)


def csv_text(images, labels, header=True, sign=","):
    """A table, the class first."""
    rows = [sign.join(["label", *(f"pixel{place}" for place in range(784))])] if header else []
    rows += [
        sign.join(map(str, [label, *image.ravel().tolist()]))
        for image, label in zip(images, labels, strict=True)
    ]
    return "\n".join(rows) + "\n"
