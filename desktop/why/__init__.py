"""The Why place: which pixels and hidden units speak for a digit, and which against it."""
