"""Boundaries: points in the plane, models that learn to part them, and what each model is made of."""
