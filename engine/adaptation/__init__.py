"""Adaptation: teaches a network somebody's handwriting from a few drawings."""
