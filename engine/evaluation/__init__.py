"""Evaluation: how well a network reads digits that it has not learned from."""
