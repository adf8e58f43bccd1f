from desktop.training.progress import TrainingProgress


def test_share_pace_and_time_left_follow_the_steps():
    progress = TrainingProgress(total_steps=1000, epochs=4, started_s=10.0)
    progress.update(steps_done=500, examples=32_000, now_s=12.0)
    assert progress.share == 0.5
    assert progress.epoch == 3
    assert progress.pace() == "epoch 3 of 4 · 16,000/s"
    assert progress.time_left() == "2 s left"


def test_nothing_is_promised_before_the_first_step():
    progress = TrainingProgress(total_steps=10, epochs=1, started_s=0.0)
    assert progress.time_left() == ""
    assert progress.pace() == "epoch 1 of 1"


def test_long_runs_are_told_in_minutes():
    progress = TrainingProgress(total_steps=1000, epochs=1, started_s=0.0)
    progress.update(steps_done=10, examples=640, now_s=3.0)
    assert progress.time_left() == "5 min left"
