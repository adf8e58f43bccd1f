"""Soak test: a random walk through the whole window, and what it costs and breaks by the minute."""
