"""The tabs below a model: each shows one of the pictures of what it is made of."""
