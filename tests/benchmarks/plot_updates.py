"""What an update of the training panel's plot costs the event loop, for runs of several lengths.

    python -m tests.benchmarks.plot_updates

A run is shown almost to its end, so that every curve is as long as it gets; then lists of losses are handed
over, and each is drawn at once. Then runs begin, each beside those before it, and are drawn at once.
Milliseconds of the thread that runs the window, without a screen.
"""

from __future__ import annotations

import os
import statistics
import time

from engine.store.run import EpochFigures

LENGTHS = (1_000, 10_000, 100_000)
UPDATES = 60
EPOCHS = 5
SIZE = (340, 300)
STARTS = 12
START_BOUND_MS = 50


def main() -> None:
    """Print a table, and how the cost grows with the length of the run."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    medians = []
    print(f"{'steps':>8}  {'take in':>9}  {'draw':>9}  {'together':>9}  {'worst':>9}   (ms per update)")
    for steps in LENGTHS:
        taking, drawing = measure(application, steps)
        together = [a + b for a, b in zip(taking, drawing, strict=True)]
        medians.append(statistics.median(together))
        print(
            f"{steps:8,}  {statistics.median(taking):9.3f}  {statistics.median(drawing):9.3f}  "
            f"{medians[-1]:9.3f}  {max(together):9.3f}"
        )
    print(f"{LENGTHS[-1]:,} steps cost {medians[-1] / medians[0]:.2f} times as much as {LENGTHS[0]:,}")
    starts = measure_starts(application)
    print(
        f"a run that begins beside others: {statistics.median(starts):.1f} ms, "
        f"worst of {STARTS} {max(starts):.1f} (to reach {START_BOUND_MS})"
    )


def measure(application, steps: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each update: to take the losses in, and to draw them."""
    import numpy as np

    from desktop.training.plot.loss_plot import LossPlot

    noise = np.random.default_rng(0).lognormal(0, 0.4, steps)
    losses = ((0.1 + 2.2 / (1 + np.arange(steps) / (steps / 40))) * noise).tolist()
    piece = max(1, steps // 1000)
    first = steps - UPDATES * piece
    plot = LossPlot()
    plot.resize(*SIZE)
    plot.show()
    plot.start_run("MNIST 784-100-10", steps, EPOCHS)
    plot.add_steps(0, losses[:first])
    for epoch in range(1, EPOCHS):
        plot.add_epoch(EpochFigures(1, epoch * steps // EPOCHS, 0.3 / epoch, 0.95, 0.3 / epoch, 0.96))
    plot.refresh()
    application.processEvents()
    taking, drawing = [], []
    for step in range(first, steps, piece):
        begin = time.perf_counter()
        plot.add_steps(step, losses[step : step + piece])
        taken = time.perf_counter()
        plot.refresh()
        plot.grab()
        drawn = time.perf_counter()
        taking.append(1000 * (taken - begin))
        drawing.append(1000 * (drawn - taken))
        application.processEvents()
    plot.close()
    return taking, drawing


def measure_starts(application) -> list[float]:
    """Milliseconds until a run that begins is drawn, with as many overlaid before it as fit."""
    from desktop.training.plot.loss_plot import LossPlot

    plot = LossPlot()
    plot.resize(*SIZE)
    plot.show()
    plot.set_overlay(True)
    taken = []
    for number in range(STARTS):
        begin = time.perf_counter()
        plot.start_run(f"MNIST 784-100-{number}", 1_000, EPOCHS)
        plot.grab()
        taken.append(1000 * (time.perf_counter() - begin))
        plot.add_steps(0, [2.3 / (1 + step / 100) for step in range(1_000)])
        plot.finish_run()
        application.processEvents()
    plot.close()
    return taken


if __name__ == "__main__":
    main()
