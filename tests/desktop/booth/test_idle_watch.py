"""How long nobody has done anything."""

import pytest

from desktop.booth.idle_watch import IdleWatch


@pytest.mark.parametrize(("clear_after", "forget_after"), [(10, 60), (20, 60), (60, 120)])
def test_the_pad_is_cleared_before_the_visitor_is_forgotten(clear_after, forget_after):
    now = [100.0]
    watch = IdleWatch(clear_after, lambda: now[0])
    now[0] += clear_after - 1
    assert watch.until_clear_s == 1
    assert watch.until_forget_s == forget_after - clear_after + 1
    now[0] += 2
    assert watch.until_clear_s == -1
    watch.touch()
    assert (watch.until_clear_s, watch.until_forget_s) == (clear_after, forget_after)
