"""Signs of the user's own: named, drawn when asked for, and learned."""
