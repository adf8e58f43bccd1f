"""Formulas on the screen: their colour and size are those of the text around them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.widgets.text.formula import FormulaBox, FormulaPicture
from resources.formula_table import formula_picture, formulas


@pytest.fixture
def picture(qtbot) -> FormulaPicture:
    picture = FormulaPicture("softmax")
    qtbot.addWidget(picture)
    picture.resize(picture.sizeHint())
    picture.show()
    return picture


def painted(widget: QWidget, ratio: float = 1.0) -> QImage:
    image = QImage(widget.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    widget.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.end()
    return image


def opaque_colours(image: QImage) -> set[str]:
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(*place).name() for place in places if image.pixelColor(*place).alpha() == 255}


def coverage(image: QImage) -> tuple[float, float]:
    """Shares of the pixels that are inked, and of those that are so in part, which blur it."""
    alphas = [image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())]
    return sum(alphas) / 255 / len(alphas), sum(0 < alpha < 255 for alpha in alphas) / len(alphas)


@pytest.mark.parametrize("colour", ["#17181d", "#f1f1f4", "#b42318"])
def test_it_has_the_colour_of_the_text(picture, colour):
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    picture.setStyleSheet(f"color: {colour}")
    picture.setPalette(palette)
    assert opaque_colours(painted(picture)) == {colour}


def test_it_follows_the_theme(qtbot, theme):
    picture = FormulaPicture("softmax")
    qtbot.addWidget(picture)
    picture.resize(picture.sizeHint())
    picture.show()
    assert opaque_colours(painted(picture)) == {theme.colours.text}
    former = theme.colours.text
    theme.choose("dark")
    assert theme.colours.text != former
    assert opaque_colours(painted(picture)) == {theme.colours.text}


def test_it_grows_with_the_font(picture):
    small = picture.full_size()
    font = picture.font()
    font.setPointSizeF(2.5 * font.pointSizeF())
    picture.setFont(font)
    large = picture.full_size()
    assert large.width() == pytest.approx(2.5 * small.width())
    assert large.height() == pytest.approx(2.5 * small.height())
    assert picture.sizeHint().width() >= large.width()
    font.setPixelSize(40)
    picture.setFont(font)
    assert picture.full_size().height() > small.height()


def test_it_is_sharp_at_every_scale(picture):
    inked, blurred = coverage(painted(picture))
    inked_finer, blurred_finer = coverage(painted(picture, 4.0))
    assert inked_finer == pytest.approx(inked, rel=0.1)
    assert blurred_finer < 0.5 * blurred


def test_without_room_it_is_painted_smaller(picture):
    hint = picture.sizeHint()
    assert picture.heightForWidth(2 * hint.width()) == picture.heightForWidth(hint.width())
    half = hint.width() // 2
    assert picture.heightForWidth(half) == pytest.approx(hint.height() / 2, abs=2)
    assert picture.minimumSizeHint().width() < half
    picture.resize(half, picture.heightForWidth(half))
    image = painted(picture)
    right = [image.pixelColor(image.width() - 1, y).alpha() for y in range(image.height())]
    assert not any(alpha == 255 for alpha in right), "its end would be cut off"
    assert coverage(image)[0] > 0.02


def test_screen_readers_hear_it(picture):
    assert picture.accessibleName() == formulas()["softmax"].reading
    picture.show_formula("sgd")
    assert picture.accessibleName() == formulas()["sgd"].reading


def test_without_its_file_it_is_rich_text(qtbot, monkeypatch):
    def is_missing(_name):
        raise FileNotFoundError

    monkeypatch.setattr("desktop.widgets.text.formula.formula_picture", is_missing)
    picture = FormulaPicture("softmax")
    qtbot.addWidget(picture)
    assert not picture.is_picture
    assert picture.text() == formulas()["softmax"].text
    assert picture.textFormat() == Qt.TextFormat.RichText
    assert picture.accessibleName() == formulas()["softmax"].reading
    assert picture.sizeHint().height() > 0
    monkeypatch.undo()
    picture.show_formula("softmax")
    assert picture.is_picture
    assert picture.text() == ""


@pytest.mark.parametrize("name", formulas())
def test_qt_understands_every_picture(qapp, name):
    renderer = QSvgRenderer(formula_picture(name).encode())
    assert renderer.isValid()
    assert renderer.viewBoxF().width() > 0


def test_an_unknown_formula_is_a_mistake_of_the_program(qtbot):
    picture = FormulaPicture()
    qtbot.addWidget(picture)
    with pytest.raises(KeyError):
        picture.show_formula("pythagoras")


def labels(box: FormulaBox) -> list[str]:
    shown = [each for each in box.findChildren(QLabel) if each.text() and not each.isHidden()]
    return [each.text().replace("\N{NO-BREAK SPACE}", " ") for each in shown]


def test_a_box_tells_what_letters_stand_for_once_each(qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    box = FormulaBox()
    QVBoxLayout(room).addWidget(box)
    room.show()
    assert box.isHidden()
    box.show_formulas(["chain-rule-loss", "chain-rule-weights"])
    assert box.isVisible()
    (symbols,) = labels(box)
    assert symbols.startswith("z logits · p probabilities · ")
    assert symbols.count("n digits in the mini-batch") == 1
    box.show_formulas(["sigmoid"])
    assert labels(box) == []
    shown = [each for each in box.findChildren(FormulaPicture) if not each.isHidden()]
    assert [each.accessibleName() for each in shown] == [formulas()["sigmoid"].reading]
    box.show_formulas([])
    assert box.isHidden()


def test_a_box_that_is_in_no_window_opens_none(qtbot):
    box = FormulaBox(["sgd"])
    qtbot.addWidget(box)
    assert not box.isVisible()
