"""IDX files, byte for byte as the format says."""

import numpy as np
import torch

from engine.data.digits import Digits
from engine.data.exports.idx_files import export_as_mnist
from engine.data.mnist.files import raw_folder
from engine.data.mnist.idx_format import idx_bytes
from engine.data.mnist.torchvision_guard import torchvision_datasets


def test_type_dimensions_and_values():
    values = np.arange(12, dtype=np.uint8).reshape(2, 3, 2)
    header = bytes([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2])
    assert idx_bytes(values) == header + bytes(range(12))
    assert idx_bytes(np.array([7], np.uint8)) == bytes([0, 0, 8, 1, 0, 0, 0, 1, 7])


def test_every_image_keeps_its_label(tmp_path):
    labels = torch.arange(10)
    digits = Digits(torch.arange(10, dtype=torch.uint8)[:, None].repeat(1, 784), labels, "numbers")
    assert export_as_mnist(digits, tmp_path) == (8, 2)
    reader = torchvision_datasets().mnist
    for part, count in (("train", 8), ("t10k", 2)):
        images = reader.read_image_file(str(raw_folder(tmp_path) / f"{part}-images-idx3-ubyte"))
        read = reader.read_label_file(str(raw_folder(tmp_path) / f"{part}-labels-idx1-ubyte"))
        assert len(read) == count
        assert bool((images == read[:, None, None]).all())
