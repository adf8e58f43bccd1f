"""The networks that there are, and the one in use."""
