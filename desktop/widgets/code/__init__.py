"""Source code that is read: with colours, line numbers, and marks at the lines that are new."""
