"""Ways to run the trials of a search: in this process, in several, on a cluster."""
