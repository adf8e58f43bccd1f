"""The pad is never a tall strip."""

import pytest

from desktop.pad.canvas import Canvas
from desktop.pad.document import PadDocument
from desktop.pad.pad_room import PadRoom


@pytest.mark.parametrize(
    ("room_size", "pad_size"),
    [((240, 700), (240, 300)), ((400, 400), (400, 400)), ((900, 300), (900, 300))],
)
def test_the_pad_is_as_wide_as_there_is_room_and_not_much_higher(qtbot, room_size, pad_size):
    canvas = Canvas(PadDocument())
    room = PadRoom(canvas)
    qtbot.addWidget(room)
    room.resize(*room_size)
    room.show()
    assert canvas.isVisible()
    assert canvas.geometry().getRect() == (0, 0, *pad_size)
    assert room.minimumSizeHint() == canvas.minimumSizeHint()
