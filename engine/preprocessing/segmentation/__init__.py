"""Segmentation: the strokes or patches of one number or several to its rows and digits.

`joining` has the rules that need no network, `rows` the lines of writing. `candidates` proposes digits,
`cuts` and `seams` where one stroke or patch may be two digits, `judgement` weighs what the network and the
shapes say, and `lattice` finds what is best for a whole row. `strokes` and `patches` put it together.
"""
