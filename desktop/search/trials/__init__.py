"""The table of the trials of a search."""
