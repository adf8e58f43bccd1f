"""How well a network learns one hand, what it starts from, and what was tried."""
