"""A recorder for machines without graphics cards."""


class CallAgain:
    """Warms up as a card does, and calls the function itself again.

    Attributes:
        records: Functions recorded.
        runs: Of all of them.
    """

    def __init__(self):
        self.records = self.runs = self.waits = 0

    def record(self, warm_up, function):
        self.records += 1
        warm_up()
        function()

        def run():
            self.runs += 1
            function()

        return run

    def mark(self):
        def wait():
            self.waits += 1

        return wait
