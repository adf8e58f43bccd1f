"""Explanations: which pixels and units speak for an answer."""
