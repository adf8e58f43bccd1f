"""In place of torchvision's models in the frozen program, which uses nothing but its readers of MNIST.

torchvision imports this package when it is itself imported and nowhere needs anything of it for data sets.
"""

__path__: list = []  # a package, as the original is: its submodules are not found rather than not possible
