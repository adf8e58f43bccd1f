"""The zoom of the whole window: lengths and style sheets at it, and how it changes while the program runs."""
