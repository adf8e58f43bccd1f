"""Bars: parts of a whole, and parts of a sum, a row for each."""
