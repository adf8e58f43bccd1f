"""The pad: strokes from mouse, pen and finger, and pictures."""
