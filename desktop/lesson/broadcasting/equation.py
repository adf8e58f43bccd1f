"""Broadcasting equation: two small tensors stretched out, their result, and where each number comes from."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.lesson.broadcasting.tensor_picture import TensorPicture
from desktop.lesson.broadcasting.values import (
    Index,
    Shape,
    SmallTensor,
    along,
    combined,
    index_text,
    signed,
    stretched,
    summed,
)
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

_GAP = 24
_LINE_GAP = 16


class BroadcastingEquation(QWidget):
    """Pictures in a row, which goes on in the next line where the width ends.

    Signals:
        number_explained: How the number that is pointed at came about, or nothing.
    """

    number_explained = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operation = "+"
        self._summed_axis: int | None = None
        self.first = TensorPicture("First", parent=self)
        self.second = TensorPicture("Second", parent=self)
        self.result = TensorPicture("Result", can_be_pointed_at=True, parent=self)
        self.sum = TensorPicture("Sum", can_be_pointed_at=True, parent=self)
        self.result.cell_pointed.connect(self._on_result_pointed)
        self.sum.cell_pointed.connect(self._on_sum_pointed)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_colours(LIGHT)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.first.set_colours(colours, "accent")
        self.second.set_colours(colours, "second")
        self.result.set_colours(colours, "weak")
        self.sum.set_colours(colours, "weak")
        # Their fonts may be others, too.
        self._arrange(self.width())
        self.updateGeometry()

    def set_tensors(
        self,
        first: SmallTensor,
        second: SmallTensor,
        shape: Shape,
        operation: str,
        summed_axis: int | None = None,
    ) -> None:
        """Show other tensors.

        Args:
            first: As it is stored.
            second: As it is stored.
            shape: What both broadcast to.
            operation: A key of `OPERATIONS`.
            summed_axis: Axis of the result to be summed over afterwards, or None.
        """
        self._operation, self._summed_axis = operation, summed_axis
        wide_first, wide_second = stretched(first, shape), stretched(second, shape)
        result = combined(wide_first, wide_second, operation)
        self.first.set_tensor(wide_first, "", _origin(first, wide_first))
        self.second.set_tensor(wide_second, operation, _origin(second, wide_second))
        self.result.set_tensor(result, "=", _count(result))
        if summed_axis is not None:
            remark = f"over the axis of size {shape[summed_axis]}"
            self.sum.set_tensor(summed(result, summed_axis), "→", remark)
        self.sum.setVisible(summed_axis is not None)
        self._arrange(self.width())
        self.updateGeometry()

    def _pictures(self) -> list[TensorPicture]:
        pictures = [self.first, self.second, self.result]
        return pictures if self._summed_axis is None else [*pictures, self.sum]

    def _places(self, width: int) -> list[QRect]:
        """Where pictures stand in a widget so wide."""
        places = []
        left = top = line_height = 0
        for picture in self._pictures():
            own_width = min(width, picture.best_width())
            height = picture.height_for(own_width)
            if left and left + own_width > width:
                left, top, line_height = 0, top + line_height + scaled(_LINE_GAP), 0
            places.append(QRect(left, top, own_width, height))
            left += own_width + scaled(_GAP)
            line_height = max(line_height, height)
        return places

    def _arrange(self, width: int) -> None:
        for picture, place in zip(self._pictures(), self._places(width), strict=True):
            picture.setGeometry(place)

    def _on_result_pointed(self, index: Index | None) -> None:
        self.first.mark([] if index is None else [index])
        self.second.mark([] if index is None else [index])
        if self._summed_axis is not None:
            axis = self._summed_axis
            self.sum.mark([] if index is None else [index[:axis] + index[axis + 1 :]])
        if index is None:
            self.number_explained.emit("")
            return
        first, second, result = (
            signed(picture.tensor.at(index)) for picture in (self.first, self.second, self.result)
        )
        self.number_explained.emit(
            f"result{index_text(index)} = {first} {self._operation} {second} = {result}"
        )

    def _on_sum_pointed(self, index: Index | None) -> None:
        axis = self._summed_axis
        if index is None or axis is None:
            summands: list[Index] = []
        else:
            summands = along(index, axis, self.result.tensor.shape[axis])
        for picture in (self.first, self.second, self.result):
            picture.mark(summands)
        if index is None:
            self.number_explained.emit("")
            return
        products = " + ".join(
            f"{signed(self.first.tensor.at(each))} {self._operation} {signed(self.second.tensor.at(each))}"
            for each in summands
        )
        self.number_explained.emit(
            f"sum{index_text(index)} = {products} = {signed(self.sum.tensor.at(index))}"
        )

    def hasHeightForWidth(self) -> bool:
        """Lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines."""
        return max(place.bottom() + 1 for place in self._places(width))

    def sizeHint(self) -> QSize:
        """All in one line."""
        width = sum(picture.best_width() + scaled(_GAP) for picture in self._pictures()) - scaled(_GAP)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Below each other."""
        width = max(picture.minimumSizeHint().width() for picture in self._pictures())
        return QSize(width, self._pictures()[0].minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the pictures anew."""
        super().resizeEvent(event)
        self._arrange(event.size().width())


def _origin(stored: SmallTensor, wide: SmallTensor) -> str:
    """What became of a tensor."""
    if stored.shape == wide.shape:
        return "as it is"
    return f"stretched from {stored.shape}"


def _count(tensor: SmallTensor) -> str:
    count = len(tensor.values)
    return "1 number" if count == 1 else f"{count} numbers"
