"""Pen latency: from pen move to new bars, beside the bare repaint of a window of the same size."""
