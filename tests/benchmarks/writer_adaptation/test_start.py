import torch
from torch import nn

from engine.nn.network import Architecture, Network
from tests.benchmarks.writer_adaptation.start import written_out


def test_convolutions_written_out_read_as_they_did() -> None:
    torch.manual_seed(3)
    convolutional = nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        nn.Conv2d(1, 3, kernel_size=7, stride=3, padding=1),
        nn.ReLU(),
        nn.Conv2d(3, 5, kernel_size=3, stride=2, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(5 * 4 * 4, 10),
    )
    weights = written_out(convolutional)
    network = Network.from_weights(Architecture((784, 3 * 8 * 8, 5 * 4 * 4, 10)), weights)
    inputs = torch.randn(20, 784, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        torch.testing.assert_close(network(inputs), convolutional(inputs), atol=1e-5, rtol=1e-5)
