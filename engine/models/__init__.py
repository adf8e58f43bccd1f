"""Models: networks ready for use, and the files that they are kept in."""
