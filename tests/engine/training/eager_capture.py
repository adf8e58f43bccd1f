"""A capture for machines without graphics cards."""


class EagerCapture:
    """Calls the function itself again."""

    def capture(self, function):
        function()
        return function
