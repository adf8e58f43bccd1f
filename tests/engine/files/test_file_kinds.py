"""Who takes a file: content first, name second."""

import json
import os
import random

import pytest
import torch

from engine.data.mnist.idx_format import idx_bytes
from engine.files.file_kinds import FileKind, file_kind

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)
INK = {"strokes": [[[0, 0], [1, 1]]]}
LABELLED = {"label": 3, "writer": "a", **INK}


def as_lines(*values):
    return "".join(json.dumps(value) + "\n" for value in values).encode()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", PNG, FileKind.PICTURE),
        ("a.pt", PNG, FileKind.PICTURE),
        ("a.json", as_lines(INK), FileKind.PICTURE),
        ("a.json", json.dumps(INK, indent=1).encode(), FileKind.PICTURE),
        ("a.json", as_lines(LABELLED), FileKind.DRAWINGS),
        ("a.json", as_lines(INK, INK), FileKind.DRAWINGS),
        ("a.jsonl", as_lines(LABELLED, LABELLED), FileKind.DRAWINGS),
        ("a.png", as_lines(LABELLED, LABELLED), FileKind.DRAWINGS),
        ("a.ndjson", as_lines({"word": "seven", "drawing": [[[1, 2], [3, 4]]]}), FileKind.DRAWINGS),
        ("a.jsonl", as_lines({**LABELLED, "strokes": [[[n, n] for n in range(2_000)]]}), FileKind.DRAWINGS),
        ("a.jsonl", b"", FileKind.DRAWINGS),
        ("a.pt", b"<!DOCTYPE html><html></html>", FileKind.NETWORK),
        ("a.pt", b"", FileKind.NETWORK),
        ("a.PTH", b"nothing", FileKind.NETWORK),
        ("a.onnx", b"\x08\x08", FileKind.NETWORK),
        ("weights", (80).to_bytes(8, "little") + b'{"a":{"dtype":"F32"', FileKind.NETWORK),
        ("train-images-idx3-ubyte", idx_bytes(torch.zeros(1, 28, 28).byte().numpy()), FileKind.MNIST),
        ("t10k-labels.idx1-ubyte.gz", b"\x1f\x8b\x08", FileKind.MNIST),
        ("a.csv", b"x,y,class\n1,2,red\n", FileKind.POINTS),
        ("a.tsv", b"1\t2\tred\n", FileKind.POINTS),
        ("mnist.csv", b"5," + b"0," * 783 + b"0\n", FileKind.SET),
        ("mnist.csv.gz", b"\x1f\x8b\x08", FileKind.SET),
        ("mnist.npz", b"PK\x03\x04" + bytes(30) + b"x_train.npy", FileKind.SET),
        ("pictures.zip", b"PK\x03\x04" + bytes(30) + b"a/1.png", FileKind.SET),
        ("emnist-letters-train-images-idx3-ubyte", b"\0\0\x08\x03" + bytes(20), FileKind.SET),
        ("emnist-letters-train-labels-idx1-ubyte.gz", b"\x1f\x8b\x08", FileKind.SET),
        ("qmnist-train-labels-idx2-int", b"\0\0\x0c\x02" + bytes(20), FileKind.SET),
        ("digits", b"\0\0\x08\x03" + bytes(20), FileKind.MNIST),
        ("a.json", b'{\n "kind": "scratchpad-boundaries",\n "version": 1}', FileKind.POINTS),
        ("page.html", b"<html></html>", FileKind.PICTURE),
        ("a.json", b"{" * 5_000, FileKind.PICTURE),
        ("noise", random.Random(1).randbytes(100), FileKind.PICTURE),
    ],
)
def test_kinds(name, content, kind, tmp_path):
    (tmp_path / name).write_bytes(content)
    assert file_kind(tmp_path / name) is kind


def test_a_state_dict_is_a_network_by_any_name(tmp_path):
    torch.save({"0.weight": torch.ones(2, 2)}, tmp_path / "network.bin")
    assert file_kind(tmp_path / "network.bin") is FileKind.NETWORK


def test_folders(tmp_path):
    assert file_kind(tmp_path) is FileKind.SET
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    (raw / "t10k-labels-idx1-ubyte.gz").write_bytes(b"")
    assert file_kind(tmp_path) is file_kind(raw) is FileKind.MNIST


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_told_by_its_name_and_nobody_waits_for_it(tmp_path):
    for name, kind in (
        ("a.png", FileKind.PICTURE),
        ("a.pt", FileKind.NETWORK),
        ("a.jsonl", FileKind.DRAWINGS),
    ):
        os.mkfifo(tmp_path / name)
        assert file_kind(tmp_path / name) is kind
    assert file_kind(tmp_path / "gone.pt") is FileKind.NETWORK
