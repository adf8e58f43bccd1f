"""The networks that were kept, the one in use, the one before, and the way back."""

import os
import threading

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.dialogs import file_dialogs
from desktop.networks.model_library import ModelLibrary
from desktop.networks.networks import Networks
from desktop.settings.settings import LETTERS, SHIPPED, Settings
from desktop.window.network_menu import NetworkMenu
from engine.data.digits import Standardisation
from engine.errors import ModelFileError
from engine.models.model import Model, Provenance
from engine.models.model_file import save_model
from engine.nn.network import Architecture, Network

SHIPPED_TITLES = ("Shipped network", "Shipped network: letters and digits")


def make_model(name="mine", sizes=(784, 10), seed=0):
    architecture = Architecture(sizes)
    weights = Network(architecture, seed).snapshot()
    return Model(name, architecture, weights, Standardisation(0.13, 0.31), Provenance("nothing"))


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "s.ini")


@pytest.fixture
def networks(tmp_path, settings, qapp):
    return Networks(ModelLibrary(tmp_path / "networks"), settings)


def test_the_shipped_network_reads_at_first(networks):
    assert networks.wanted == networks.library.shipped()
    networks.use_shipped()
    assert networks.is_shipped
    assert networks.former_title == ""


def test_a_kept_network_is_wanted_again_and_gone_ones_are_not(networks, settings):
    path = networks.library.keep(make_model())
    networks.use_file(path)
    assert settings.network == path.name
    assert networks.wanted == path
    path.unlink()
    assert networks.wanted == networks.library.shipped()


def test_back_and_forth(networks):
    networks.use_shipped()
    shipped = networks.model
    networks.use(make_model("new"), None)
    networks.use_former()
    assert networks.model is shipped
    networks.use_former()
    assert networks.title == "new"


def test_a_network_that_could_not_be_kept_can_still_be_saved(networks, tmp_path):
    networks.use(make_model("homeless"), None)
    assert networks.save_as(tmp_path / "there.safetensors")
    networks.import_file(tmp_path / "there.safetensors")
    assert networks.title == "homeless"
    assert [entry.title for entry in networks.entries()] == ["homeless"]


def test_names_that_are_no_file_names_are_kept_all_the_same(networks):
    for name in ("../../etc/passwd", "a/b\\c:d*?", "", "   ", "数字 98 %", "x" * 500):
        path = networks.library.keep(make_model(name))
        assert path.parent == networks.library.folder
        assert path.is_file()


def test_a_file_that_vanished_is_told_and_changes_nothing(networks, tmp_path, qtbot):
    networks.use_shipped()
    with qtbot.waitSignal(networks.network_refused) as refused:
        networks.use_file(tmp_path / "gone.safetensors")
    assert "gone.safetensors" in refused.args[0]
    assert networks.is_shipped


def test_the_menu_lists_the_newest_first_and_ticks_the_one_in_use(networks, settings, qtbot):
    for index, name in enumerate(("old", "new")):
        path = networks.library.keep(make_model(name))
        os.utime(path, (index, index))
    networks.use_file(networks.library.find("old.safetensors"))
    menu = NetworkMenu(networks)
    qtbot.addWidget(menu)
    menu.fill()
    titles = [action.text() for action in menu.actions() if action.isCheckable()]
    assert titles == [*SHIPPED_TITLES, "new", "old"]
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["old"]
    menu.actions()[2].trigger()
    assert networks.title == "new"
    assert settings.network != SHIPPED


def test_the_network_of_letters_is_chosen_in_the_menu_and_remembered(networks, settings, qtbot):
    menu = NetworkMenu(networks)
    qtbot.addWidget(menu)
    menu.fill()
    menu.actions()[1].trigger()
    assert networks.model.classes.names == (*"0123456789", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert not networks.is_shipped
    assert settings.network == LETTERS
    assert Networks(networks.library, settings).wanted == networks.library.shipped_letters()
    networks.use_shipped()
    assert networks.is_shipped
    assert networks.entries() == []


def test_a_menu_that_opens_often_keeps_nothing_of_the_former_times(networks, qtbot):
    menu = NetworkMenu(networks)
    qtbot.addWidget(menu)
    counts = []
    for _ in range(3):
        menu.aboutToShow.emit()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        counts.append(len(menu.findChildren(QObject)))
    assert counts[0] == counts[1] == counts[2]


def test_a_file_that_is_opened_twice_is_kept_once(networks, tmp_path):
    save_model(make_model("mine"), tmp_path / "there.safetensors")
    for _ in range(2):
        networks.import_file(tmp_path / "there.safetensors")
        networks.use_shipped()
    assert [entry.title for entry in networks.entries()] == ["mine"]
    save_model(make_model("mine", seed=1), tmp_path / "there.safetensors")
    networks.import_file(tmp_path / "there.safetensors")
    assert len(networks.entries()) == 2, "another network of the same name and size is another network"


def test_a_file_is_read_even_where_no_copy_can_be_kept(networks, tmp_path, qtbot):
    save_model(make_model("mine"), tmp_path / "there.safetensors")
    networks.library.folder.write_text("a file where the folder should be")
    with qtbot.waitSignal(networks.network_refused):
        networks.import_file(tmp_path / "there.safetensors")
    assert networks.title == "mine"
    assert networks.unkept == [], "its own file still holds it"


def test_networks_in_no_file_are_offered_and_kept_as_soon_as_that_is_possible(networks, qtbot):
    networks.use_shipped()
    for name in ("one", "two", "three"):
        networks.use(make_model(name), None)
    menu = NetworkMenu(networks)
    qtbot.addWidget(menu)
    menu.fill()
    titles = [action.text() for action in menu.actions() if action.isCheckable()]
    assert titles == [*SHIPPED_TITLES, *(f"{name} (not saved yet)" for name in ("one", "two", "three"))]
    menu.actions()[2].trigger()
    assert networks.title == "one"
    assert networks.keep_rest()
    assert networks.unkept == []
    assert {entry.title for entry in networks.entries()} == {"one", "two", "three"}
    assert networks.wanted.stem == "one"


def test_a_state_dict_is_read_and_kept_once(networks, tmp_path):
    networks.use(make_model("mine"), None)
    assert networks.save_as(tmp_path / "theirs.pt")
    assert [model.name for model in networks.unkept] == ["mine"]  # a state dict does not hold all of it
    for _ in range(2):
        networks.import_file(tmp_path / "theirs.pt")
        assert networks.title == "theirs"
    assert [entry.title for entry in networks.entries()] == ["theirs"]


@pytest.mark.parametrize("name", ["theirs.pt", "theirs.onnx"])
def test_a_file_that_is_no_network_is_refused(name, networks, tmp_path, qtbot):
    networks.use_shipped()
    (tmp_path / name).write_bytes(b"nothing")
    with qtbot.waitSignal(networks.network_refused) as refused:
        networks.import_file(tmp_path / name)
    assert name in refused.args[0]
    assert networks.is_shipped


@pytest.mark.parametrize(
    ("chosen", "form", "expected"),
    [
        ("net", "Scratchpad networks (*.safetensors)", "net.safetensors"),
        ("net.safetensors", "PyTorch state dicts (*.pt)", "net.pt"),
        ("net.onnx", "Scratchpad networks (*.safetensors)", "net.onnx"),
        ("", "", None),
    ],
)
def test_the_form_chosen_from_the_list_is_the_form_written(chosen, form, expected, monkeypatch, qapp):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, form))
    path = file_dialogs.save_network(None)
    assert (path.name if path else None) == expected


def test_a_network_that_is_lent_leaves_no_trace(networks, settings):
    first, second, lent = (make_model(name) for name in ("first", "second", "lent"))
    for model in (first, second):
        networks.use(model, networks.library.keep(model))
    remembered = settings.network
    changed = []
    networks.network_changed.connect(changed.append)
    networks.lend(lent)
    networks.lend(make_model("lent again"))
    assert (networks.is_lent, networks.title) == (True, "lent again")
    assert settings.network == remembered
    networks.take_back()
    networks.take_back()
    assert [model.name for model in changed] == ["lent", "lent again", "second"]
    assert networks.former_title == "first"
    assert networks.unkept == []


def test_what_is_put_to_use_ends_a_loan(networks):
    first, other = make_model("first"), make_model("other")
    networks.use(first, networks.library.keep(first))
    networks.lend(make_model("lent"))
    networks.use(other, networks.library.keep(other))
    assert (networks.is_lent, networks.title, networks.former_title) == (False, "other", "first")


def test_a_network_that_was_kept_is_found_among_others_of_its_name(networks):
    library, model = networks.library, make_model("mine")
    assert library.find_kept(model) is None
    library.keep(make_model("mine", seed=1))
    path = library.keep(model)
    library.keep(make_model("mine", seed=2))
    assert library.find_kept(model) == path
    path.write_bytes(b"damaged")
    assert library.find_kept(model) is None


def test_networks_of_one_name_that_are_kept_at_once_take_no_file_from_each_other(networks, monkeypatch):
    names_of, lock = ModelLibrary._paths, networks.library._save_lock
    met, here = threading.Condition(), set()

    def come():
        with met:
            here.add(threading.get_ident())
            met.notify_all()

    class ToldLock:
        def __enter__(self):
            come()
            lock.acquire()

        def __exit__(self, *_error):
            lock.release()

    def meet(library, name):
        found = next(path for path in names_of(library, name) if not path.exists())
        come()
        # The other one waits at the lock; without it, it would have chosen the same name.
        with met:
            assert met.wait_for(lambda: len(here) == 2, timeout=60)
        return iter([found])

    monkeypatch.setattr(networks.library, "_save_lock", ToldLock())
    monkeypatch.setattr(ModelLibrary, "_paths", meet)
    kept = []
    threads = [
        threading.Thread(target=lambda seed=seed: kept.append(networks.library.keep(make_model(seed=seed))))
        for seed in (1, 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(kept)) == 2


def test_a_network_that_is_renamed_goes_by_one_name(networks, settings):
    former, current = make_model("a run", seed=1), make_model("other", seed=2)
    networks.use(former, networks.library.keep(former))
    networks.rename(former, "my best / run")
    assert networks.title == "my best / run"
    assert [entry.title for entry in networks.entries()] == ["my best  run"]
    assert networks.wanted == networks.entries()[0].path
    networks.use(current, networks.library.keep(current))
    networks.rename(networks._former[0], "once more")
    assert networks.former_title == "once more"
    networks.use_former()
    assert networks.wanted.stem == "once more"
    assert sorted(entry.title for entry in networks.entries()) == ["once more", "other"]


def test_what_is_in_no_file_is_not_renamed(networks):
    networks.rename(make_model("nowhere"), "somewhere")
    assert networks.entries() == []


def test_a_name_that_the_folder_does_not_take_leaves_the_file(networks, qtbot, monkeypatch):
    model = make_model("a run")
    networks.use(model, networks.library.keep(model))

    def full(*_, **_more):
        raise ModelFileError("The disk is full: make room.")

    monkeypatch.setattr("engine.models.model_file.save_model", full)
    with qtbot.waitSignal(networks.network_refused):
        networks.rename(model, "another")
    assert networks.title == "a run"
    assert networks.wanted.is_file()
