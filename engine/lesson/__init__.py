"""What single pages of the lesson compute."""
