"""Trace: the pictures on the way from the pad to the network."""
