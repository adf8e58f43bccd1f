"""Texts in Markdown."""

import pytest

from desktop.widgets.text.markdown_text import MarkdownText, has_text


@pytest.fixture
def make(qtbot):
    def made() -> MarkdownText:
        text = MarkdownText("descent")
        qtbot.addWidget(text)
        text.resize(900, 600)
        text.show()
        return text

    return made


def test_paragraphs_are_as_far_apart_as_if_the_text_were_made_at_the_new_zoom(make, theme):
    text = make()
    usual = text.heightForWidth(900)
    theme.zoom_to(150)
    assert text.heightForWidth(900) == make().heightForWidth(900) > usual
    theme.zoom_to(100)
    assert text.heightForWidth(900) == usual


def test_a_text_that_is_not_there(qtbot):
    assert not has_text("no-such-text")
    with pytest.raises(FileNotFoundError):
        MarkdownText("no-such-text")
