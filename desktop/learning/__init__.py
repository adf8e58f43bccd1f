"""Learning from drawings: lessons in a thread, practice that collects drawings, bands that show both."""
