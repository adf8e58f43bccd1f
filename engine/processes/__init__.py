"""Processes: what those that this program starts have in common."""
