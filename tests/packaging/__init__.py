"""Checks of what is installed, each a module to be run with ``python -m``; the exit code says how it went."""
