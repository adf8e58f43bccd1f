"""Pictures of a search: what the settings do to the score."""
