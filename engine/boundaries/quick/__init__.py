"""Quick steps: the training of small networks written for speed alone.

A mini-batch of ten points and a network with a hundred weights are so little work that beginning an operation
takes longer than its sums. `engine.nn` is the code that teaches what a step is; here the same step is as few
NumPy calls as it can be, each of them made ready once, since NumPy takes a third of PyTorch's time to begin.
`steps` puts them together; `activations`, `softmax` and `optimisers` have the calls of each part.
"""
