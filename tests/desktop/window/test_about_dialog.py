"""About, its licences, and the report for a bug."""

import logging
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

import resources
from desktop.services.crash_guard import LOG_NAME
from desktop.services.folders import data_folder, settings_file
from desktop.window import system_report as report_module
from desktop.window.about_dialog import AboutDialog
from desktop.window.licences import licence_notices
from desktop.window.system_report import system_report, without_personal_paths
from engine.version import VERSION


@pytest.fixture
def about(qtbot):
    dialog = AboutDialog("CPU", "No CUDA graphics card was found.")
    dialog.show()
    yield dialog
    dialog.close()


def words(dialog):
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def button(dialog, name):
    return next(
        each for each in dialog.findChildren(QPushButton) if name in (each.text(), each.accessibleName())
    )


def test_it_says_what_runs_on_what_and_why(about):
    assert VERSION in words(about)
    assert "CPU\nNo CUDA graphics card was found." in words(about)
    assert "never phones home" in words(about)
    assert all(f"{name} " in words(about) for name in ("Python", "Qt", "torch", "numpy"))


def test_folders_are_opened_or_it_is_said_that_nothing_opens_them(about, monkeypatch, qtbot):
    opened = []
    data_folder().mkdir(parents=True)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    button(about, "Open folder: Networks and log").click()
    button(about, "Open folder: Settings").click()
    assert [Path(each) for each in opened] == [data_folder(), settings_file().parents[1]]
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    with qtbot.waitSignal(about.folder_refused) as refused:
        button(about, "Open folder: Networks and log").click()
    assert str(data_folder()) in refused.args[0]


def test_the_report_has_what_a_bug_needs_and_nothing_personal(about, monkeypatch, tmp_path):
    home = tmp_path / "home" / "ada"
    monkeypatch.setenv("HOME", str(home))
    data_folder().mkdir(parents=True)
    (data_folder() / LOG_NAME).write_text(
        f'old line\n  File "{home}/src/desktop/app.py", line 3\nKeyError: 7\n', encoding="utf-8"
    )
    button(about, "Copy bug report").click()
    report = QGuiApplication.clipboard().text()
    for part in (
        VERSION,
        "torch ",
        "Device: CPU. No CUDA",
        "by offscreen",
        "KeyError: 7",
        "…/desktop/app.py",
    ):
        assert part in report
    assert "ada" not in report


def test_a_report_is_made_without_log_and_metadata_too(monkeypatch, qapp):
    def fails(_name):
        raise PackageNotFoundError

    monkeypatch.setattr(report_module.importlib.metadata, "version", fails)
    report = system_report("", "")
    assert "torch " in report
    assert "not known yet" in report
    assert report.endswith("none")


def test_paths_of_windows_are_shortened_too():
    assert (
        without_personal_paths(r'File "C:\Users\ada\desktop\app.py", line 1')
        == r'File "…/desktop\app.py", line 1'
    )


def test_the_licences_of_what_is_installed_are_listed(about):
    notices = licence_notices()
    for name in ("torch", "numpy", "PySide6_Essentials", "safetensors", "pyqtgraph"):
        assert f"\n{name} " in f"\n{notices}"
    assert "pytest" not in notices, "what only the tests need is not inside"
    about.show_licences()
    assert notices in [text.toPlainText() for text in about.findChildren(QPlainTextEdit)]


def test_the_notices_gathered_for_a_package_come_first(monkeypatch, tmp_path):
    (tmp_path / "NOTICES.txt").write_text("everything inside", encoding="utf-8")
    monkeypatch.setattr(resources, "path", lambda *parts: tmp_path / parts[-1])
    assert licence_notices() == "everything inside"


def test_the_window_opens_it(make_window, qtbot):
    window = make_window()
    window._actions.about.trigger()
    [about] = window.findChildren(AboutDialog)
    assert window.training_controller.device[0] in words(about)
    logging.getLogger().info("about to close")
    about.close()
