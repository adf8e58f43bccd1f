"""The page on softmax, sigmoid and activation functions."""
