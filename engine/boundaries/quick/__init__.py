"""Quick steps: the training of small networks, written for speed alone.

A mini-batch of ten points and a network with a hundred weights are so little work that beginning an operation
takes longer than its sums. `engine.nn` is the code that teaches what a step is. Here the same step is a list
of NumPy calls, as few as it can be and each made ready once: NumPy takes less time than PyTorch to begin one.
`program` makes the list, `gathering` and `steps` go through the mini-batches of an epoch; `activations`,
`softmax` and `optimisers` have the calls of their parts. What has no calls here is left to `engine.nn`.
"""
