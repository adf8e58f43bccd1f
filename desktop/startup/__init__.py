"""Start-up: from the command line to the first window."""
