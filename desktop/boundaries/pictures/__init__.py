"""Pictures of what a model is made of: units, cuts, trees; and why it answers what it answers."""
