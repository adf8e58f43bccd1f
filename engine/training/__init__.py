"""Training: `fit`, and what it needs to run well on this machine."""
