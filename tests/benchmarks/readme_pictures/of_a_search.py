"""Pictures of a search: two settings as a heat map, three as parallel coordinates."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.benchmarks.readme_pictures.photographer import Photographer


def heat_map(application: QApplication) -> None:
    """A grid of rates and hidden units, on built-in handwriting."""
    _search(
        application,
        "heat-map",
        {"hidden": "8; 16; 32; 64", "learning_rate": "0.003..0.3 in 6", "seed": "1"},
        "grid",
    )


def parallel(application: QApplication) -> None:
    """Points at random over three settings."""
    space = {"hidden": "8..64", "learning_rate": "0.003..0.3", "momentum": "0..0.95", "seed": "1"}
    _search(application, "parallel-coordinates", space, "random", "32")


def _search(
    application: QApplication, name: str, space: dict[str, str], sampler: str, trials: str = ""
) -> None:
    photographer = Photographer(application, "light")
    window = photographer.window
    window.training.fields.choose_data("handwriting")
    window._actions.search.setChecked(True)
    controller = window._side_views.search
    form = controller._planner.page.form
    for setting, field in form.fields.items():
        field.setText(space.get(setting, ""))
        field.textEdited.emit(field.text())
    form.fields["epochs"].setText("1")
    form.halving.setChecked(False)
    form.sampler.setCurrentIndex(form.sampler.findData(sampler))
    form.trials.setText(trials)
    form.trials.textEdited.emit(trials)
    controller.start()
    photographer.wait(lambda: controller.record is not None and controller.record.ended is not None)
    photographer.wait(lambda: not controller.is_running)
    photographer.take(name)
    photographer.close()
