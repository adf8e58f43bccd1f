"""Pictures of the window for the README."""
