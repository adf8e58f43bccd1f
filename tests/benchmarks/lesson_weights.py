"""What watching the weights takes from a training: ``python -m tests.benchmarks.lesson_weights``.

The time that the Weights page takes to be filled and painted, as often as it is at most, as a share of one
core: no training is slowed by more, even if it stood still meanwhile. Paces of whole trainings with the page
and without it differ by less than they do from one training to the next. Without a screen.
"""

from __future__ import annotations

import os
import statistics
import time

NETWORKS = ((784, 10), (784, 100, 10), (784, 512, 256, 10))
SECONDS = 5.0


def main() -> None:
    """Print a table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import torch
    from PySide6.QtWidgets import QApplication

    from desktop.lesson.unit_pictures import ShownNetwork, UnitPictures
    from desktop.lesson.weights_page import REFRESH_MS, WeightsPage
    from engine.data.digits import Standardisation
    from engine.nn.network import Architecture, Network

    torch.set_num_threads(1)
    application = QApplication([])
    print("| network | to fill | to paint | share of one core | to reach |")
    print("|---|---|---|---|---|")
    for sizes in NETWORKS:
        network = Network(Architecture(sizes), seed=1)
        pictures, page = UnitPictures(), WeightsPage()
        page.resize(860, 690)
        page.show()
        fill_ms, paint_ms = [], []
        end = time.perf_counter() + SECONDS
        while time.perf_counter() < end:
            with torch.no_grad():  # the next weights of a training
                for parameter in network.parameters():
                    parameter.mul_(1.001)
            began = time.perf_counter()
            pictures.show(
                ShownNetwork(network.architecture, network.snapshot(), Standardisation(0.13, 0.31), "")
            )
            pictures.fill(page, 0)
            filled = time.perf_counter()
            application.processEvents()
            fill_ms.append(1000 * (filled - began))
            paint_ms.append(1000 * (time.perf_counter() - filled))
            time.sleep(REFRESH_MS / 1000)
        # The first one writes the digits by which units are put in order; the mean has what comes seldom.
        fill, paint = statistics.mean(fill_ms[1:]), statistics.mean(paint_ms[1:])
        share = (fill + paint) / REFRESH_MS
        name = network.architecture.describe()
        print(f"| {name} | {fill:.1f} ms | {paint:.1f} ms | {100 * share:.1f} % | 5 % |", flush=True)
        page.close()


if __name__ == "__main__":
    main()
