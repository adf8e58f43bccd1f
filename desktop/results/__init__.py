"""Where a network fails: pages of figures and digits, none of them loaded before it is asked for."""
