"""Gallery items: digits of a set with what was written, what was read, and how sure the network was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.results.digit_gallery import GalleryItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.results.results_thread import Results


def gallery_items(results: Results, places: Sequence[int]) -> list[GalleryItem]:
    """Items for the digits at these places of the set, in that order."""
    predictions = results.predictions
    items = []
    for place in places:
        label, read = (
            predictions.classes[int(each[place])] for each in (predictions.labels, predictions.read)
        )
        loss, confidence = float(predictions.losses[place]), float(predictions.confidences[place])
        items.append(
            GalleryItem(
                place,
                results.digits.images[place].view(28, 28).numpy(),
                f"{label} → {read}" if label != read else f"{100 * confidence:.1f} %",
                f"Number {place:,}: {label} written, {read} read, {100 * confidence:.1f} %, loss {loss:.2f}",
            )
        )
    return items
