"""The lesson: pages beside the pad that show how training works, imported when they are opened."""
