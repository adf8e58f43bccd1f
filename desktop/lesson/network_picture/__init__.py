"""The whole network as a picture: a drawing on its way from the pixels to the ten answers."""
