"""How long sets of 60,000 pictures take to be read, and how much memory.

    python -m tests.benchmarks.sets

Made pictures, like MNIST's four fifths blank, as CSV, NPZ and IDX, packed and not, in a temporary folder.
Each is read three times, every time in a process of its own. The table has the medians of the seconds, by the
clock and by the processor, which counts where the machine has other things to do; and how far the most memory
of the process lies above that of the imported program, over the bytes of the pictures. The floor of each is
the same file read, unpacked, or loaded by NumPy, without being looked at. Linux and macOS only.
"""

from __future__ import annotations

import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.data.mnist.idx_format import idx_bytes

PICTURES, PIXELS = 60_000, 784
ROUNDS = 3
MOST_MEMORY = 2.0
# By the name of the file: seconds to reach.
GOALS_S = {
    "train.csv": 3.0,
    "train.csv.gz": 3.0,
    "set.npz": 0.5,
    "set-packed.npz": 0.5,
    "plain/train-images-idx3-ubyte": 0.3,
    "packed/train-images-idx3-ubyte.gz": 0.3,
}
_FORMS = {
    "train.csv": "CSV",
    "train.csv.gz": "CSV, packed",
    "set.npz": "NPZ",
    "set-packed.npz": "NPZ, packed",
    "plain/train-images-idx3-ubyte": "IDX",
    "packed/train-images-idx3-ubyte.gz": "IDX, packed",
}


def main() -> None:
    """Print a table, or measure one file in this process."""
    if len(sys.argv) > 2:
        ways = {"write": write_sets, "read": measure_reading, "floor": measure_floor}
        print(json.dumps(ways[sys.argv[1]](Path(sys.argv[2]))))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        # Elsewhere: on Linux a process begins with the most memory of the one that starts it.
        in_own_process("write", folder)
        print(f"{PICTURES:,} pictures, {PICTURES * PIXELS / 1e6:.0f} MB of pixels, medians of {ROUNDS}")
        print("| form | seconds | processor | to reach | over its floor | memory over pixels | to reach |")
        print("|---|---|---|---|---|---|---|")
        for name, goal_s in GOALS_S.items():
            read = [in_own_process("read", folder / name) for _ in range(ROUNDS)]
            floor = [in_own_process("floor", folder / name) for _ in range(ROUNDS)]
            seconds, worked, least = (
                statistics.median(each[what] for each in measured)
                for measured, what in ((read, "seconds"), (read, "worked"), (floor, "worked"))
            )
            memory = statistics.median(each["bytes"] for each in read) / (PICTURES * PIXELS)
            print(
                f"| {_FORMS[name]} | {seconds:.2f} | {worked:.2f} | {goal_s} | {worked / least:.1f} "
                f"| {memory:.2f} | {MOST_MEMORY} |"
            )


def write_sets(folder: Path, count: int = PICTURES) -> dict[str, float]:
    """All forms of the same made pictures; returns nothing measured."""
    random = np.random.default_rng(0)
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 4:24, 9:19] = random.integers(0, 256, (count, 20, 10))
    labels = (np.arange(count) % 10).astype(np.uint8)
    with (folder / "train.csv").open("w", encoding="ascii") as file:
        file.write(",".join(["label", *(f"pixel{number}" for number in range(PIXELS))]) + "\n")
        texts = np.array([str(value) for value in range(256)])
        for image, label in zip(images.reshape(count, -1), labels.tolist(), strict=True):
            file.write(f"{label},{','.join(texts[image].tolist())}\n")
    (folder / "train.csv.gz").write_bytes(gzip.compress((folder / "train.csv").read_bytes(), 6))
    np.savez(folder / "set.npz", x_train=images, y_train=labels)
    np.savez_compressed(folder / "set-packed.npz", x_train=images, y_train=labels)
    for name in ("plain", "packed"):
        (folder / name).mkdir()
        for what, values in (("images-idx3", images), ("labels-idx1", labels)):
            content = idx_bytes(values)
            if name == "plain":
                (folder / name / f"train-{what}-ubyte").write_bytes(content)
            else:
                (folder / name / f"train-{what}-ubyte.gz").write_bytes(gzip.compress(content, 6))
    return {}


def in_own_process(way: str, path: Path) -> dict[str, float]:
    """What a fresh process measures.

    Raises:
        subprocess.SubprocessError: It failed.
    """
    command = [sys.executable, "-m", "tests.benchmarks.sets", way, str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measure_reading(path: Path) -> dict[str, float]:
    """The seconds that a set takes to be read, and the bytes."""
    from engine.data.sets.reading import read_set

    return _measured(lambda: read_set(path))


def measure_floor(path: Path) -> dict[str, float]:
    """The same for its bytes alone."""

    def load() -> object:
        if path.suffix == ".npz":
            with np.load(path) as arrays:
                return [arrays[name] for name in arrays.files]
        content = path.read_bytes()
        return gzip.decompress(content) if path.suffix == ".gz" else content

    return _measured(load)


def _measured(work: Callable[[], object]) -> dict[str, float]:
    before = _most_memory()
    began, began_work = time.perf_counter(), time.process_time()
    result = work()
    seconds, worked = time.perf_counter() - began, time.process_time() - began_work
    del result
    return {"seconds": seconds, "worked": worked, "bytes": _most_memory() - before}


def _most_memory() -> float:
    """Bytes, the most that this process has had."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


if __name__ == "__main__":
    main()
