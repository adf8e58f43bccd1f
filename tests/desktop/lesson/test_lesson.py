"""The lesson as a user goes through it: opened, stepped, run, paused, reset, closed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.lesson.pages import PAGES
from desktop.lesson.shown_network import STEPPED
from desktop.widgets.code.code_view import CodeView
from engine.lesson.level_source import level_source
from engine.lesson.source_text import sources_in
from engine.settings import TrainingSettings
from tests.desktop.drawing import draw
from tests.desktop.lesson.conftest import page
from tests.desktop.patience import PATIENCE_MS

ROOT = Path(__file__).parents[3]


def wait_idle(qtbot, lesson):
    qtbot.waitUntil(
        lambda: not lesson.step_runner.is_busy and not lesson.rate_runner.is_busy, timeout=PATIENCE_MS
    )


def test_without_source_the_page_of_levels_says_so_and_keeps_its_words(lesson, monkeypatch):
    def fails(_source):
        raise OSError("could not get source code")

    monkeypatch.setattr("inspect.getsource", fails)
    sources_in.cache_clear()
    levels_page = page(lesson, "Levels")
    levels_page.show_settings(TrainingSettings(level=3))
    assert any("without its source" in label.text() for label in levels_page.findChildren(QLabel))
    assert levels_page.cards
    for card in levels_page.cards.values():
        assert card.is_unfolded
        assert card.code.isHidden()
    monkeypatch.undo()
    levels_page.show_settings(TrainingSettings(level=4))
    assert not any(card.code.isHidden() for card in levels_page.cards.values())


def test_pages_are_made_when_they_are_chosen(lesson):
    place = lesson.view
    assert place.current == "Levels"
    assert place.page("Weights") is None
    for name in [*list(PAGES)[1:], "Levels"]:
        place.choose(name)
        assert place.current == name
        assert place.page(name).isVisible()


def test_it_makes_room_and_gives_it_back(window, qtbot):
    widths = window._panels.sizes()
    window._actions.lesson.setChecked(True)
    assert window._side_views.lesson.view.isVisible()
    assert not window.canvas.isVisible()
    window.resize(1700, 900)
    qtbot.waitUntil(window.canvas.isVisible)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: not window.canvas.isVisible())
    window._side_views.lesson.view.closed.emit()
    assert window.canvas.isVisible()
    assert not window._side_views.lesson.view.isVisible()
    assert window._panels.sizes() == widths


def test_the_pad_comes_back_as_wide_as_it_was(window, make_window):
    window._actions.lesson.setChecked(True)
    window.close()
    again = make_window()
    assert again.canvas.isVisible()
    assert again.canvas.width() > 400


@pytest.mark.parametrize("level", range(1, 8))
def test_the_page_of_levels_shows_the_code_that_runs(window, lesson, level):
    levels_page = page(lesson, "Levels")
    levels_page._choice.buttons.button(level).click()
    assert window.training.fields.settings().level == level
    blocks = {block.title: block for block in level_source(TrainingSettings(hidden=(), level=level))}
    assert list(levels_page.cards) == list(blocks)
    for title, card in levels_page.cards.items():
        assert card.code.toPlainText() == "\n".join(blocks[title].lines)
        assert card.code.new_lines == blocks[title].new_lines
        assert card.is_unfolded == (
            blocks[title].is_changed or (level == 1 and title in ("Network", "The loop"))
        )


def test_the_page_of_levels_follows_the_panel(window, lesson):
    levels_page = page(lesson, "Levels")
    fields = window.training.fields
    fields.choose_level(6)
    fields.hidden.setText("20")
    fields.activation.setCurrentIndex(fields.activation.findData("elu"))
    assert "class ELU" in levels_page.cards["Network"].code.toPlainText()
    fields.hidden.setText("nonsense")
    fields.hidden.textEdited.emit("nonsense")
    assert "class ELU" in levels_page.cards["Network"].code.toPlainText()


def test_the_panel_opens_the_code(window):
    window.training.fields.code_requested.emit()
    assert window._side_views.lesson.view.isVisible()
    assert window._side_views.lesson.view.current == "Levels"


def test_a_step_is_laid_open(window, lesson, qtbot):
    step = page(lesson, "Step")
    step._step.click()
    qtbot.waitUntil(lambda: len(step.losses) == 1, timeout=PATIENCE_MS)
    assert step.state.startswith("Step 1 of 40 ·")
    assert step.loss_text.startswith(f"Loss {step.losses[0]:.4f} → ")
    assert "lower" in step.loss_text
    assert "50 images" in step.batch.accessibleDescription()
    for pictures, _legend in step._grids.values():
        assert pictures.count == 10
    wait_idle(qtbot, lesson)
    step._step.click()
    qtbot.waitUntil(lambda: len(step.losses) == 2, timeout=PATIENCE_MS)
    wait_idle(qtbot, lesson)


def test_who_waits_for_the_digits_is_told(window, lesson, qtbot):
    lesson.view.choose("Step")
    page = lesson.view.page("Step")
    page._step.click()
    assert page._state.text() == "Getting the data ready…"
    qtbot.waitUntil(lambda: page.has_step and not lesson.step_runner.is_busy)
    assert page._state.text() != "Getting the data ready…"


def test_run_pause_step_and_reset_at_any_time(window, lesson, qtbot):
    window.training.fields.epochs.setValue(1000)  # more than are taken before the pause
    step = page(lesson, "Step")
    step._speed.setCurrentIndex(1)
    step._run.click()
    qtbot.waitUntil(lambda: len(step.losses) >= 3, timeout=PATIENCE_MS)
    step._run.click()
    wait_idle(qtbot, lesson)
    assert step._run.text() == "Run"
    paused_at = len(step.losses)
    step._step.click()
    qtbot.waitUntil(lambda: len(step.losses) == paused_at + 1, timeout=PATIENCE_MS)
    first = step.losses[0]
    wait_idle(qtbot, lesson)
    step._run.click()
    step._reset.click()
    wait_idle(qtbot, lesson)
    assert step.losses == []
    assert "Ready for step 1 of 20,000" in step.state
    step._step.click()
    qtbot.waitUntil(lambda: step.losses == [first], timeout=PATIENCE_MS)
    wait_idle(qtbot, lesson)


def test_at_full_speed_every_loss_is_kept_and_the_end_is_told(lesson, qtbot):
    step = page(lesson, "Step")
    step._speed.setCurrentIndex(2)
    step._run.click()
    qtbot.waitUntil(lambda: len(step.losses) == 40, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "All steps are done" in step.state, timeout=PATIENCE_MS)
    assert step.losses[-1] < step.losses[0]
    assert step._run.text() == "Run"


def test_other_settings_begin_another_training(window, lesson, qtbot):
    step = page(lesson, "Step")
    step._step.click()
    qtbot.waitUntil(lambda: len(step.losses) == 1, timeout=PATIENCE_MS)
    wait_idle(qtbot, lesson)
    first = step.losses[0]
    window.training.fields.choose_level(1)
    step._step.click()
    qtbot.waitUntil(lambda: len(step.losses) == 1 and "Step 1" in step.state, timeout=PATIENCE_MS)
    wait_idle(qtbot, lesson)
    assert step.losses[0] == pytest.approx(first, rel=1e-5)


def test_settings_that_make_no_sense_are_answered_before_anything_starts(window, lesson):
    window.training.fields.learning_rate.setValue(1e9)
    page(lesson, "Step")._step.click()
    assert "at most 10" in window.training.fields.fault
    assert not lesson.step_runner.is_busy
    page(lesson, "Rate")._find.click()
    assert not lesson.rate_runner.is_busy


def test_a_batch_larger_than_the_data_is_said_at_the_field(window, lesson, qtbot):
    step = page(lesson, "Step")
    window.training.fields.batch_size.setValue(2000)
    step._step.click()
    qtbot.waitUntil(lambda: "1,000 training pictures" in window.training.fields.fault, timeout=PATIENCE_MS)
    wait_idle(qtbot, lesson)
    window.training.request_training()
    qtbot.waitUntil(lambda: not window.training_controller.is_running, timeout=PATIENCE_MS)
    assert "1,000 training pictures" in window.training.fields.fault


def test_a_rate_that_is_too_high_ends_the_steps_with_a_sentence(window, lesson, qtbot):
    step = page(lesson, "Step")
    fields = window.training.fields
    fields.learning_rate.setValue(10)
    fields.hidden.setText("100 100")
    fields.activation.setCurrentIndex(fields.activation.findData("leaky-relu"))
    fields.epochs.setValue(100)
    step._speed.setCurrentIndex(2)
    step._run.click()
    qtbot.waitUntil(lambda: "too high" in step.state, timeout=PATIENCE_MS)
    wait_idle(qtbot, lesson)


def test_weights_are_seen_of_the_network_in_use_and_in_training(window, lesson, qtbot):
    weights = page(lesson, "Weights")
    qtbot.waitUntil(lambda: weights.grid.count == 100, timeout=PATIENCE_MS)
    assert "The network in use" in weights.caption
    assert "100 of 640 units, the most used first" in weights.caption
    weights._layer.setCurrentIndex(2)
    qtbot.waitUntil(lambda: weights.grid.count == 10)
    assert not weights._note.isHidden()
    seen = []
    window.training_controller.weights_arrived.connect(lambda *_: seen.append(weights.caption))
    window.training.request_training()
    qtbot.waitUntil(lambda: "784-10" in weights.caption, timeout=PATIENCE_MS)
    assert weights.grid.count == 10
    qtbot.waitUntil(lambda: not window.training_controller.is_running, timeout=PATIENCE_MS)
    assert seen


def test_a_rate_is_found_and_used(window, lesson, qtbot):
    rate = page(lesson, "Rate")
    rate._find.click()
    qtbot.waitUntil(lambda: rate.picked is not None, timeout=PATIENCE_MS)
    assert rate.state.startswith(f"Suggested: {rate.picked:g}")
    wait_idle(qtbot, lesson)
    rate._use.click()
    assert window.training.fields.settings().learning_rate == pytest.approx(rate.picked)


def test_a_click_chooses_another_rate(window, lesson, qtbot):
    rate = page(lesson, "Rate")
    rate._chart.place_clicked.emit(0.3, 1.0)
    assert rate.picked is None  # there is nothing to choose from yet
    rate._find.click()
    qtbot.waitUntil(lambda: rate.picked is not None, timeout=PATIENCE_MS)
    wait_idle(qtbot, lesson)
    rate._chart.place_clicked.emit(0.123, 1.0)
    assert rate.picked == 0.12
    rate._use.click()
    assert window.training.fields.learning_rate.value() == pytest.approx(0.12)


def test_searching_for_a_rate_leaves_the_step_page_s_weights(lesson, qtbot):
    step = page(lesson, "Step")
    for count in (1, 2):
        step._step.click()
        qtbot.waitUntil(lambda count=count: len(step.losses) == count, timeout=PATIENCE_MS)
        wait_idle(qtbot, lesson)
    before = lesson.sources.network(STEPPED).weights
    rate = page(lesson, "Rate")
    rate._find.click()
    qtbot.waitUntil(lambda: rate.picked is not None, timeout=PATIENCE_MS)
    wait_idle(qtbot, lesson)
    training = lesson.step_runner._thread._training
    assert training.steps == 2
    for name, weights in training.weights.items():
        assert weights.allclose(before[name])


def test_a_training_and_the_bench_keep_out_of_each_other_s_way(window, lesson, qtbot, held_training):
    step = page(lesson, "Step")
    step._run.click()
    qtbot.waitUntil(lambda: len(step.losses) >= 2, timeout=PATIENCE_MS)
    window.training.fields.epochs.setValue(1000)
    window.training.request_training()
    wait_idle(qtbot, lesson)
    assert not step._step.isEnabled()
    assert "A training is running" in step.state
    window.training_controller.stop()
    qtbot.waitUntil(lambda: not window.training_controller.is_running, timeout=PATIENCE_MS)
    assert step._step.isEnabled()
    assert "A training" not in step.state


def test_the_functions_page_follows_the_pad(window, lesson, qtbot):
    functions = page(lesson, "Functions")
    window.resize(1700, 900)
    qtbot.waitUntil(window.canvas.isVisible)
    told = []
    window.reader.reading_completed.connect(told.append)
    draw(window)
    qtbot.waitUntil(lambda: bool(told) and not functions.is_stale)
    assert functions.logits == told[-1].logits
    window.document.clear()
    qtbot.waitUntil(lambda: functions.logits is None)


def test_closing_while_steps_run_ends_them(window, lesson, qtbot):
    step = page(lesson, "Step")
    step._speed.setCurrentIndex(2)
    window.training.fields.epochs.setValue(1000)
    step._run.click()
    qtbot.waitUntil(lambda: len(step.losses) >= 2, timeout=PATIENCE_MS)
    window.close()
    assert lesson.step_runner._thread is None
    assert lesson.rate_runner._thread is None


def test_closing_while_digits_are_written_ends_that(window, lesson, monkeypatch):
    monkeypatch.setattr("engine.data.sources.HANDWRITING_COUNT", 200_000)
    page(lesson, "Step")._step.click()
    window.close()
    assert lesson.step_runner._thread is None
    assert lesson.rate_runner._thread is None


def test_missing_data_are_said_and_nothing_starts(window, lesson, tmp_path):
    window._settings.mnist_folder = tmp_path
    window.training_controller.mnist.look()
    window.training.fields.choose_data("mnist")
    page(lesson, "Step")._step.click()
    assert "MNIST is not on this computer yet" in window.notice.text
    assert not lesson.step_runner.is_busy


def test_colours_change_with_the_appearance(window, lesson, theme):
    for name in ("Levels", "Step", "Weights", "Rate"):
        page(lesson, name)
    theme.choose("dark")
    page(lesson, "Levels").grab()
    assert lesson.view._colours == theme.colours


def test_new_lines_have_a_mark_and_the_code_can_be_copied(qtbot):
    view = CodeView("example")
    qtbot.addWidget(view)
    view.set_code(["def f(x):", '    """Say."""', "    return 'a' + x  # why"], {2})
    view.show()
    assert view.new_lines == {2}
    lines = [view.document().findBlockByNumber(number) for number in range(3)]
    marked = [line.blockFormat().background().style() != Qt.BrushStyle.NoBrush for line in lines]
    assert marked == [False, False, True]
    assert view.isReadOnly()
    view.selectAll()
    assert view.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert "return 'a' + x" in view.textCursor().selectedText()
    assert view.sizeHint().height() < 120


@pytest.mark.parametrize("source", ["", "def f(:\n  'open", "x = (1,\n  2", "\tif:\n  no"])
def test_code_that_is_no_python_is_shown_all_the_same(qtbot, source):
    view = CodeView("broken")
    qtbot.addWidget(view)
    view.set_code(source.splitlines(), set())
    view.show()
    assert view.toPlainText() == source


def test_data_that_came_meanwhile_are_found_when_they_are_asked_for(window, tmp_path, monkeypatch):
    window._settings.mnist_folder = tmp_path
    window.training_controller.mnist.look()
    window.training.fields.choose_data("mnist")
    settings = window.training.fields.settings()
    assert window.training_controller.job(settings) is None
    monkeypatch.setattr("engine.data.mnist.files.has_all_files", lambda _folder: True)
    assert window.training_controller.job(settings).data == "mnist"
    assert window.notice.isHidden()
