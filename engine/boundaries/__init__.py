"""Boundaries: models of the plane that learn step by step, to watch how they part the classes."""
