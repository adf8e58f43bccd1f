"""Models: their settings, and the thread that trains them."""
