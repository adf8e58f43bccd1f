"""Quick steps: the training of networks on the processor, written for speed alone.

A mini-batch of ten points and a network with a hundred weights are so little work that beginning an operation
takes longer than its sums, and even of a step on 64 digits it takes a third. `engine.nn` is the code that
teaches what a step is. Here the same step is a list of calls, as few as it can be and each made ready once:
NumPy takes less time than PyTorch to begin one, and PyTorch multiplies large matrices with several threads.
`program` makes the list; `sources` fetch the points or digits, `gathering` and `steps` go through the
mini-batches of an epoch; `activations`, `softmax`, `optimisers` and `tensor_optimisers` have the calls of
their parts. `choice` measures whether they are quicker here. What has no calls is left to `engine.nn`.
"""
