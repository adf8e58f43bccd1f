"""The runs: every training that was kept, in a table to sort, compare and put back to work."""
