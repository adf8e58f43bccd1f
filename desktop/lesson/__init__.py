"""The lesson: pages beside the pad that show how training works. Nothing here is imported before it is opened."""
