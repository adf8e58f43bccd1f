"""What the picture of the whole network costs, while drawing and while training.

    python -m tests.benchmarks.network_picture

A digit is written point by point; each frame sends it through the network (compute) and paints the picture
(paint). The sum of a unit is written out some times a second (words). While a network learns, the page is
made anew a few times a second; what that takes is a share of one core, by which no training is slowed more.
Without a screen; milliseconds of the window's thread, so that what else runs on the machine matters little.
"""

from __future__ import annotations

import os
import statistics
import time

NETWORKS = ((784, 10), (784, 100, 10), (784, 512, 256, 10))
FRAMES = 300
SIZE = (860, 690)
LEAST_FRAMES_A_SECOND, MOST_SHARE = 60, 0.03


def main() -> None:
    """Print a table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import torch
    from PySide6.QtWidgets import QApplication

    torch.set_num_threads(1)
    application = QApplication.instance() or QApplication([])
    print("| network | compute | paint | words | worst frame | frames a second | share while training |")
    print("|---|---|---|---|---|---|---|")
    for sizes in NETWORKS:
        print(measure(application, sizes), flush=True)
    print(f"\nTo reach: {LEAST_FRAMES_A_SECOND} frames a second, {100 * MOST_SHARE:.0f} % of a core.")


def measure(application, sizes: tuple[int, ...]) -> str:
    """A row of the table: medians in milliseconds."""
    from desktop.lesson.network_picture.page import DETAIL_MS, FRAME_MS, WEIGHTS_MS
    from tests.desktop.lesson.network_stand_ins import Drawn, Network, make_controller

    network = Network(sizes)
    drawn = Drawn()
    controller = make_controller(network, drawn)
    page = controller.page
    page.resize(*SIZE)
    page.show()
    application.processEvents()
    times: dict[str, list[float]] = {"compute": [], "paint": [], "words": []}
    for frame in range(FRAMES):
        drawn.write(7 * frame % 10, 0.1 + 0.9 * (frame % 60) / 59)
        for name, work in (
            ("compute", controller.show_picture),
            ("paint", page.picture.repaint),
            ("words", lambda: _words(application, controller)),
        ):
            began = time.thread_time()
            work()
            times[name].append(1000 * (time.thread_time() - began))
    compute, paint, words = (statistics.median(each) for each in times.values())
    worst = max(a + b + c for a, b, c in zip(*times.values(), strict=True))
    rate = 1000 / (compute + paint + words * FRAME_MS / DETAIL_MS)
    share = (compute + paint + words) / WEIGHTS_MS
    page.close()
    return (
        f"| {network.network.architecture.describe()} | {compute:.2f} ms | {paint:.2f} ms | {words:.2f} ms "
        f"| {worst:.1f} ms | {rate:.0f} | {100 * share:.1f} % |"
    )


def _words(application, controller) -> None:
    """The unit's sum, and everything that is painted because of it."""
    controller.show_unit()
    application.processEvents()


if __name__ == "__main__":
    main()
