"""Why: what speaks for a digit and what against it."""
