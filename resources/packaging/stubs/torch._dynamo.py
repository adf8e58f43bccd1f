"""In place of torch's compiler in the frozen program: it compiles nothing.

torch.optim asks the compiler to leave some of its methods alone (`disable`) and to end a graph before a step
(`graph_break`). Without a compiler there is nothing to leave and nothing to end.
"""

__path__: list = []  # a package, as the original is: its submodules are not found rather than not possible


def disable(fn=None, recursive=True, *, reason=None, wrapping=True):
    """The function as it is; used as a decorator with or without arguments."""
    return fn if fn is not None else lambda function: function


def graph_break(msg=""):
    """No graph is being recorded."""
