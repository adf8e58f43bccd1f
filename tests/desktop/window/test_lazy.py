"""What is made when it is first wanted."""

from desktop.window.lazy import Lazy


def test_it_is_made_once_and_only_when_it_is_wanted():
    made = []
    part = Lazy(lambda: made.append("made") or object())
    assert part.made is None
    assert made == []
    assert part.get() is part.get() is part.made
    assert made == ["made"]
