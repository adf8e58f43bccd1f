"""Drawings written as files of pictures that other programs read, and this one too."""
