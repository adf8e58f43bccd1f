"""Levels: the six stages from the library doing everything to gradients of our own."""
