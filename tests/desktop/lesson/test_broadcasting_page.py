import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from desktop.lesson.broadcasting.page import BroadcastingPage
from desktop.lesson.broadcasting.presets import PRESETS, numbers
from desktop.lesson.broadcasting.tensor_picture import TensorPicture
from desktop.lesson.broadcasting.values import OPERATIONS, SmallTensor, counted, is_small, stretched, summed
from desktop.widgets.theme import DARK, LIGHT
from engine.lesson.broadcasting import broadcast, parse_shape

_small_shapes = st.lists(st.integers(1, 6), max_size=3).map(tuple).filter(is_small)
_titles = [preset.title for preset in PRESETS]


def _as_torch(tensor: SmallTensor) -> torch.Tensor:
    return torch.tensor(tensor.values, dtype=torch.int64).reshape(tensor.shape)


@pytest.fixture
def page(qtbot, theme):
    page = BroadcastingPage()
    qtbot.addWidget(page)
    page.resize(860, 690)
    page.show()
    return page


def _write(qtbot, edit: QLineEdit, text: str) -> None:
    edit.clear()
    qtbot.keyClicks(edit, text)


@given(_small_shapes, st.data())
def test_tensors_are_stretched_as_by_pytorch(shape, data):
    first = tuple(data.draw(st.sampled_from([1, size])) for size in shape)
    first = first[data.draw(st.integers(0, len(first))) :]
    tensor = counted(first)
    wide = stretched(tensor, shape)
    assert torch.equal(_as_torch(wide), _as_torch(tensor).broadcast_to(shape))
    # Each stored number is seen once; all others are copies.
    assert len(wide.values) - len(wide.copies) == len(tensor.values)
    for axis in range(len(shape)):
        assert torch.equal(_as_torch(summed(wide, axis)), _as_torch(wide).sum(axis))


@pytest.mark.parametrize("title", _titles)
def test_every_example_shows_what_pytorch_computes(page, title):
    page.preset_box.setCurrentText(title)
    preset = PRESETS[_titles.index(title)]
    first, second = numbers(parse_shape(preset.first), parse_shape(preset.second), preset.operation, preset)
    compute = {"+": torch.add, "−": torch.sub, "×": torch.mul}[preset.operation]
    expected = compute(_as_torch(first), _as_torch(second))
    assert page.is_drawn
    assert page.operation_box.currentText() == preset.operation
    assert torch.equal(_as_torch(page.equation.result.tensor), expected)
    assert page.verdict == f"Resulting shape: {tuple(expected.shape)}"
    assert page.remark == preset.sentence
    assert page.equation.sum.isVisible() == (preset.summed_axis is not None)


def test_multiply_and_sum_is_the_matrix_product(page):
    page.preset_box.setCurrentIndex(len(PRESETS) - 1)
    matrix = _as_torch(counted((2, 3)))
    assert torch.equal(_as_torch(page.equation.sum.tensor), matrix @ _as_torch(counted((3, 4))))


def test_an_image_loses_its_channel_means(page):
    page.preset_box.setCurrentText("Image minus channel mean")
    image = _as_torch(page.equation.first.tensor)
    means = _as_torch(page.equation.second.tensor)[:, :1, :1]
    assert torch.equal(image.double().mean((1, 2), keepdim=True), means.double())
    assert not _as_torch(page.equation.result.tensor).sum((1, 2)).any()


def test_everything_follows_while_shapes_are_typed(page, qtbot):
    _write(qtbot, page.first_field.edit, "2, 1")
    _write(qtbot, page.second_field.edit, "3")
    assert page.preset_box.currentText() == "Your own shapes"
    assert page.table.mark_names == ("added", "stretched")
    assert page.verdict == "Resulting shape: (2, 3)"
    assert page.equation.result.tensor == SmallTensor((2, 3), (11, 12, 13, 21, 22, 23))
    page.operation_box.setCurrentText("×")
    assert page.equation.result.tensor.values == (1, 2, 3, 2, 4, 6)
    page.first_field.edit.clear()
    page.second_field.edit.clear()
    assert page.table.mark_names == ()
    assert page.verdict == "Resulting shape: ()"
    assert page.equation.result.tensor == SmallTensor((), (1,))


def test_shapes_that_clash_get_a_reason(page, qtbot):
    _write(qtbot, page.first_field.edit, "2, 3, 4")
    _write(qtbot, page.second_field.edit, "3, 3")
    assert page.table.mark_names == ("added", "equal", "clash")
    assert page.verdict == "No resulting shape"
    assert page.remark == broadcast((2, 3, 4), (3, 3)).reason
    assert not page.is_drawn


@pytest.mark.parametrize("text", ["abc", "-1", "1000000", "1.5", "3,,4", "1 1 1 1 1 1 1"])
def test_what_is_no_shape_is_said_at_its_field(page, qtbot, text):
    _write(qtbot, page.second_field.edit, text)
    assert page.second_field.sentence.endswith(".")
    assert page.second_field.edit.property("invalid")
    assert not page.first_field.sentence
    assert not page.is_drawn
    assert not page.table.isVisible()
    assert not page.verdict
    _write(qtbot, page.second_field.edit, "4")
    assert not page.second_field.sentence
    assert not page.second_field.edit.property("invalid")
    assert page.is_drawn


def test_a_size_of_0_is_allowed_and_explained(page, qtbot):
    _write(qtbot, page.first_field.edit, "0, 1")
    _write(qtbot, page.second_field.edit, "1, 4")
    assert "no" in page.first_field.sentence
    assert page.verdict == "Resulting shape: (0, 4)"
    assert not page.first_field.edit.property("invalid")
    assert not page.is_drawn


@pytest.mark.parametrize(
    ("first", "second"), [("7", "1"), ("2, 2, 2, 2", "1"), ("5, 5, 1", "5, 5"), ("60000", "1")]
)
def test_what_is_too_large_to_draw_is_aligned_all_the_same(page, qtbot, first, second):
    _write(qtbot, page.first_field.edit, first)
    _write(qtbot, page.second_field.edit, second)
    assert not page.is_drawn
    assert "too large to draw" in page.remark
    assert page.table.isVisible()
    assert page.verdict.startswith("Resulting shape")


@given(_small_shapes, _small_shapes, st.sampled_from(sorted(OPERATIONS)))
def test_numbers_are_small_enough_for_the_head(first, second, operation):
    result = broadcast(first, second)
    for tensor in numbers(first, second, operation, None):
        assert max(tensor.values) <= 120
    assert result.shape is None or len(result.shape) <= 3


def test_a_number_is_explained_where_the_mouse_points(page, qtbot):
    page.preset_box.setCurrentText("Column with an axis of size 1")
    picture = page.equation.result
    hint = page.explanation
    qtbot.mouseMove(picture, picture.cell_rectangle((1, 2)).center().toPoint())
    qtbot.waitUntil(lambda: page.explanation == "result[1, 2] = 20 + 7 = 27")
    assert page.equation.first.marked == page.equation.second.marked == picture.marked == {6}
    qtbot.mouseMove(picture, QPoint(1, 1))
    qtbot.waitUntil(lambda: page.explanation == hint)
    assert not page.equation.first.marked


def test_arrow_keys_go_through_the_numbers(page, qtbot):
    page.preset_box.setCurrentIndex(len(PRESETS) - 1)
    picture = page.equation.result
    for key, words in [
        (Qt.Key.Key_Down, "result[0, 0, 0] = 1 × 1 = 1"),
        (Qt.Key.Key_Down, "result[0, 1, 0] = 2 × 5 = 10"),
        (Qt.Key.Key_Left, "result[0, 1, 0] = 2 × 5 = 10"),
        (Qt.Key.Key_Right, "result[0, 1, 1] = 2 × 6 = 12"),
        (Qt.Key.Key_Right, "result[0, 1, 2] = 2 × 7 = 14"),
        (Qt.Key.Key_Right, "result[0, 1, 3] = 2 × 8 = 16"),
        (Qt.Key.Key_Right, "result[1, 1, 0] = 5 × 5 = 25"),
        (Qt.Key.Key_Up, "result[1, 0, 0] = 4 × 1 = 4"),
        (Qt.Key.Key_Up, "result[1, 0, 0] = 4 × 1 = 4"),
    ]:
        qtbot.keyClick(picture, key)
        assert page.explanation == words
    assert page.equation.sum.marked == {4}
    qtbot.keyClick(picture, Qt.Key.Key_Escape)
    assert page.explanation.startswith("Point at")
    qtbot.keyClick(page.equation.sum, Qt.Key.Key_Right)
    assert page.explanation == "sum[0, 0] = 1 × 1 + 2 × 5 + 3 × 9 = 38"
    assert page.equation.result.marked == {0, 4, 8}


def test_a_scalar_can_be_pointed_at(page, qtbot):
    page.first_field.edit.clear()
    page.second_field.edit.clear()
    for _ in range(2):
        qtbot.keyClick(page.equation.result, Qt.Key.Key_Right)
        assert page.explanation == "result = 10 + 1 = 11"


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_copies_look_unlike_what_is_stored(qtbot, colours):
    picture = TensorPicture("First")
    qtbot.addWidget(picture)
    picture.set_colours(colours, "accent")
    picture.set_tensor(stretched(counted((2, 1)), (2, 2)))
    picture.resize(picture.sizeHint())
    image = picture.grab().toImage()

    def colours_of_frame(index) -> set[str]:
        """Along the upper edge: one colour if it is a line, several if it is dashed."""
        cell = picture.cell_rectangle(index)
        y = int(cell.top())
        return {
            QColor(image.pixelColor(x, y)).name() for x in range(int(cell.left()) + 6, int(cell.right()) - 6)
        }

    assert len(colours_of_frame((0, 0))) == 1
    assert len(colours_of_frame((0, 1))) > 1


def _cut_off(page: QWidget) -> list[QWidget]:
    """Widgets that reach out of the one they are in."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and not widget.parentWidget().rect().contains(widget.geometry())
    ]


@pytest.mark.parametrize("width", [460, 860, 1500])
@pytest.mark.parametrize("title", _titles)
def test_nothing_is_cut_off(qtbot, theme, width, title):
    page = BroadcastingPage()
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(width, 690)
    area.show()
    page.preset_box.setCurrentText(title)
    qtbot.waitUntil(lambda: not _cut_off(page))
    assert page.width() <= width
    pictures = [picture for picture in page.findChildren(TensorPicture) if picture.isVisible()]
    for picture in pictures:
        shape = picture.tensor.shape
        last = picture.cell_rectangle(tuple(size - 1 for size in shape)).toAlignedRect()
        assert picture.rect().contains(last)
        others = [other for other in pictures if other is not picture]
        assert not any(picture.geometry().intersects(other.geometry()) for other in others)


def test_six_axes_fit_into_the_narrowest_page(page, qtbot):
    _write(qtbot, page.first_field.edit, "100000 " * 6)
    _write(qtbot, page.second_field.edit, "1")
    page.resize(460, 690)
    assert page.width() == 460
    assert page.table.geometry().right() < 460 - 16


def test_the_page_can_be_repainted_in_the_dark(page):
    before = page.equation.grab().toImage()
    page.set_colours(DARK)
    assert page.equation.grab().toImage() != before
