"""Pictures and photographs: ink told from paper, from what is printed on it, and from shadows."""
