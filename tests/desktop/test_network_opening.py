"""Networks from files: read in a thread, asked about if need be; dropped files go to whoever takes them."""

import json
import os
import threading

import pytest
import torch
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialogButtonBox
from torch import nn

from desktop.dialogs.assumption_dialog import AssumptionDialog
from desktop.services.background_task import BackgroundTask
from desktop.services.network_opener import Opening, open_file
from desktop.window.file_router import FileRouter
from engine.data.digits import Standardisation
from engine.data.idx_format import idx_bytes
from engine.data.mnist_files import FILES, raw_folder
from engine.errors import ModelFileError
from engine.files.file_kinds import FileKind
from engine.models.assumptions import PIXELS, Assumption, Trial
from engine.models.network_files import open_network


@pytest.fixture
def their_file(tmp_path):
    network = nn.Sequential(nn.Linear(784, 12), nn.Tanh(), nn.Linear(12, 10))
    torch.save({"model_state_dict": network.state_dict(), "epoch": 3}, tmp_path / "theirs.pt")
    return tmp_path / "theirs.pt"


@pytest.fixture
def opening(their_file):
    trials = (
        Trial(Assumption("tanh", PIXELS["0 to 255"]), 0.962),
        Trial(Assumption("relu", PIXELS["0 to 1"]), 0.41),
    )
    sentence = "theirs.pt does not say how it was trained."
    return Opening(their_file, open_network(their_file).model, True, trials, sentence)


@pytest.fixture
def dialog(opening, qtbot):
    dialog = AssumptionDialog(opening)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_best_way_stands_there_with_its_figure(dialog):
    assert dialog.assumption == Assumption("tanh", PIXELS["0 to 255"])
    assert "96.2 %" in dialog._figure.text()
    dialog.activation.setCurrentIndex(dialog.activation.findData("relu"))
    assert dialog._figure.text() == "Not tried."
    dialog.pixels.setCurrentIndex(dialog.pixels.findData("0 to 1"))
    assert "41.0 %" in dialog._figure.text()
    assert not dialog.mean.isVisible()


def test_another_mean_and_deviation_may_be_written(dialog):
    dialog.pixels.setCurrentIndex(dialog.pixels.count() - 1)
    assert dialog.mean.isVisible()
    dialog.mean.setValue(0.2)
    dialog.deviation.setValue(0.35)
    assert dialog.assumption == Assumption("tanh", Standardisation(0.2, 0.35))
    assert dialog.deviation.minimum() > 0


def test_without_hidden_layers_no_activation_is_asked_for(tmp_path, qtbot):
    torch.save(nn.Linear(784, 10).state_dict(), tmp_path / "theirs.pt")
    dialog = AssumptionDialog(
        Opening(tmp_path / "theirs.pt", open_network(tmp_path / "theirs.pt").model, True)
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.activation.isVisible()
    assert dialog.assumption == Assumption()


def test_opening_tries_the_network_out(their_file, tmp_path):
    opened = open_file(their_file, tmp_path, lambda: False)
    assert opened.is_assumed
    assert len(opened.trials) == 20
    assert opened.sentence.startswith("theirs.pt does not say which activation")
    assert "digits written by the program" in opened.sentence


def test_the_latest_task_is_wanted_and_nothing_escapes(qtbot):
    task = BackgroundTask("It failed.")
    completed, refused = [], []
    task.completed.connect(completed.append)
    task.refused.connect(refused.append)
    gate = threading.Event()

    def slow(is_cancelled):
        gate.wait(300)
        return is_cancelled()

    task.begin(slow)
    task.begin(lambda _: "second")
    gate.set()
    qtbot.waitUntil(lambda: completed == ["second"])
    qtbot.waitUntil(lambda: not task._threads)

    def refuses(_):
        raise ModelFileError("No network.")

    task.begin(refuses)
    qtbot.waitUntil(lambda: refused == ["No network."])

    def fails(_):
        raise MemoryError

    task.begin(fails)
    qtbot.waitUntil(lambda: refused == ["No network.", "It failed."])
    task.begin(lambda _: "never heard of")
    task.close()
    assert completed == ["second"]
    assert not task.is_busy


def test_a_window_opens_a_state_dict_only_once_it_was_asked(make_window, qtbot, their_file):
    window = make_window()
    former = window.networks.model
    window.open_file(their_file)
    qtbot.waitUntil(lambda: window._network_controller._dialog is not None, timeout=60_000)
    dialog = window._network_controller._dialog
    assert window.networks.model is former
    dialog.reject()
    assert window.networks.model is former
    window.open_file(their_file)
    qtbot.waitUntil(lambda: window._network_controller._dialog is not None, timeout=60_000)
    dialog = window._network_controller._dialog
    dialog.activation.setCurrentIndex(dialog.activation.findData("tanh"))
    accept = next(
        button
        for button in dialog.findChild(QDialogButtonBox).buttons()
        if button.text() == "Use this network"
    )
    accept.click()
    assert window.networks.title == "theirs"
    assert window.networks.model.architecture.activation == "tanh"
    assert "from theirs.pt" in window.status.text


def test_a_window_that_closes_gives_up_what_is_being_opened(make_window, their_file):
    window = make_window()
    window.open_file(their_file)
    window.close()
    assert not window._network_controller._task.is_busy


def drop(canvas, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    dropped = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    canvas.dropEvent(dropped)  # Qt hands such events to the window, which finds the widget under them


def test_what_is_dropped_on_the_pad_goes_to_whoever_takes_it(make_window, qtbot, tmp_path, their_file):
    window = make_window()
    line = {"label": 3, "writer": "a", "strokes": [[[0, 0], [50, 50], [0, 100]]]}
    (tmp_path / "drawings.jsonl").write_text(json.dumps(line) + "\n")
    (tmp_path / "page.pt").write_text("<!DOCTYPE html><html></html>")
    raw_folder(tmp_path).mkdir(parents=True)
    (raw_folder(tmp_path) / FILES[0].name).write_bytes(idx_bytes(torch.zeros(4, 28, 28).byte().numpy()))
    drop(window.canvas, tmp_path / "drawings.jsonl")
    qtbot.waitUntil(lambda: sum(window.collection.counts) == 1)
    assert window._side_views.drawings.view.isVisible()
    drop(window.canvas, tmp_path / "page.pt")
    qtbot.waitUntil(lambda: "page.pt is a web page" in window.notice.text)
    drop(window.canvas, tmp_path)
    qtbot.waitUntil(lambda: "hold 4 other digits" in window.notice.text)
    drop(window.canvas, their_file)
    qtbot.waitUntil(lambda: window._network_controller._dialog is not None, timeout=60_000)
    window._network_controller._dialog.reject()
    assert window.document.is_empty


def test_the_router_hands_out_all_files_of_a_kind_together(tmp_path, qapp):
    taken = []
    takers = {kind: lambda paths, kind=kind: taken.append((kind, paths)) for kind in FileKind}
    paths = [tmp_path / name for name in ("a.pt", "b.png", "c.jsonl", "d.ndjson")]
    for path in paths:
        path.write_bytes(b"")
    FileRouter(takers, qapp).take(paths)
    assert taken == [
        (FileKind.NETWORK, paths[:1]),
        (FileKind.PICTURE, paths[1:2]),
        (FileKind.DRAWINGS, paths[2:]),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_special_files_among_the_kept_networks_hide_none(make_window, qtbot):
    window = make_window()
    library = window.networks.library
    kept = library.keep(window.networks.model)
    (library.folder / "gone.safetensors").symlink_to(library.folder / "nothing")
    (library.folder / "round.safetensors").symlink_to(library.folder / "round.safetensors")
    (library.folder / "zero.safetensors").symlink_to("/dev/zero")
    os.mkfifo(library.folder / "pipe.safetensors")
    assert [entry.path for entry in library.entries()] == [kept]
    assert library.find("pipe.safetensors") is None
