"""Ratios of what was measured, as data: kept for each kind of machine, and compared with the last ones."""
