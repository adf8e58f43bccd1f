"""Sets: labelled pictures from wherever people keep them, in the forms that other programs write.

`reading` says what a path holds and reads it; `idx_set`, `csv_set`, `npz_set` and `lines_set` know one form
each, `picture_set` pictures in folders of classes, and `zip_set` what is packed. `stored_files` and
`archives` are where bytes come from. What comes of any of them is a `found_set`, whose pixels `pixels` has
brought to the form of MNIST's; `training_sets` makes of it what a training takes.
"""
