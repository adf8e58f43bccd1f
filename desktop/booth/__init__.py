"""The booth: a pad for visitors that fills the screen, and forgets who drew on it."""
