"""Levels: the seven stages from the library doing everything to gradients of our own, written for speed.

`library`, `network`, `product`, `loop`, `optimisers` and `gradients` are what the lesson prints: each has
what is new at one of the levels 1 to 6. `levels` puts them together by way of the ``…_part`` modules, which
are not printed.
"""
