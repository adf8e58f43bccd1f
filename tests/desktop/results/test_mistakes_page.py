"""The page of mistakes where there is little width: nothing scrolls sideways."""

from PySide6.QtWidgets import QScrollArea

from desktop.results.mistakes_page import MistakesPage


def test_the_pairs_stand_beside_the_matrix_or_below_it(qtbot):
    page, area = MistakesPage(), QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.show()
    title = page._pairs_title
    least = page.minimumSizeHint().width()
    for width, is_beside in ((2 * least, True), (least + 40, False), (2 * least, True)):
        area.resize(width, 600)
        qtbot.waitUntil(
            lambda is_beside=is_beside: (title.y() < page.matrix.geometry().bottom()) == is_beside
        )
        assert area.horizontalScrollBar().maximum() == 0
