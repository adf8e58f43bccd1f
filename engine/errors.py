"""What can go wrong, said so that a user can act on it.

Every message is one sentence (or two) that says what happened and what to do; callers may show it as
it is. Technical details belong into ``__cause__``.
"""


class ScratchpadError(Exception):
    """Base of all errors whose message is meant for the user."""


class InkError(ScratchpadError):
    """Strokes that are no strokes: missing, malformed or not finite."""


class PictureError(ScratchpadError):
    """A picture that cannot be read, or on which nothing is drawn."""


class DataError(ScratchpadError):
    """A data set that is missing, damaged or could not be downloaded."""


class StoppedError(DataError):
    """Data are not there, because somebody asked for an end while they were read or made."""


class ModelFileError(ScratchpadError):
    """A model file that cannot be read, is damaged, or could not be written."""


class StoreError(ScratchpadError):
    """Kept runs or drawings that cannot be read, or that the disk does not take."""


class NumberError(ScratchpadError):
    """Text that is no number, or that might be one of two."""


class SettingsError(ScratchpadError):
    """Training settings that make no sense; ``field`` names the one at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class DivergedError(ScratchpadError):
    """A loss, or what a network puts out, is not a finite number.

    A training that ends with it leaves the last good weights in its network.
    """


class DeviceError(ScratchpadError):
    """A device that is absent, failed, or ran out of memory."""
