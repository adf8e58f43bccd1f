"""Data: what a training learns from, as it is chosen in the panel, read, shown and kept in memory."""
