"""Stretches: many steps recorded once and run again with one call, for devices that are quicker than Python.

A graphics card is done with a small network's step before Python has called the next operation. `recorder`
has what records on a card; `plan` cuts an epoch into stretches; `digits` fetches and prepares all digits of a
stretch; `numbers` says beforehand what the schedule, the optimiser and the average need to know in each of
its steps; a `program` takes the steps, and `epoch` runs all of that.
"""
