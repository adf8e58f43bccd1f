import pytest

from resources.packaging import notices
from resources.packaging.tools import PackagingError


@pytest.fixture
def places(tmp_path):
    """A clone, a Python, a frozen program, and a folder of distributions: two inside the program, one not."""
    for folder in ("source", "python3.11", "program/_internal/library", "site-packages"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "source" / "LICENSE").write_text("MIT text")
    (tmp_path / "python3.11" / "LICENSE.txt").write_text("PSF text")
    distribution(tmp_path, "library", "1.0", "BSD-3-Clause", {"licenses/LICENSE": "Library's text"})
    distribution(tmp_path, "pyside6_essentials", "6.11", "LGPL", {}, imported="PySide6")
    distribution(tmp_path, "unused", "2.0", "Apache-2.0", {"LICENSE": "Unused text"})
    return tmp_path


def distribution(root, name, version, licence, files, imported=""):
    info = root / "site-packages" / f"{name}-{version}.dist-info"
    info.mkdir()
    # Of what is listed only files that are there count where the package importlib_metadata was imported.
    module = root / "site-packages" / (imported or name) / "__init__.py"
    module.parent.mkdir(exist_ok=True)
    module.touch()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nLicense-Expression: {licence}\n"
    )
    listed = [f"{imported or name}/__init__.py,,"]
    for path, text in files.items():
        (info / path).parent.mkdir(exist_ok=True)
        (info / path).write_text(text)
        listed.append(f"{info.name}/{path},,")
    (info / "RECORD").write_text("\n".join(listed) + "\n")


def gathered(places, modules=("PySide6.QtCore",)):
    return notices.gather(
        places / "source", places / "site-packages", modules, places / "program", places / "python3.11"
    )


def test_what_is_inside_is_named_with_its_text_and_the_rest_is_not(places):
    text = gathered(places)
    for part in (
        "MIT text",
        "PSF text",
        "library 1.0: BSD-3-Clause",
        "Library's text",
        "pyside6_essentials 6.11: LGPL",
    ):
        assert part in text
    assert "unused" not in text
    assert text.index("MIT text") < text.index("PSF text") < text.index("Library's text")


def test_qt_comes_with_the_licences_it_is_used_under_and_the_way_to_its_sources(places):
    text = gathered(places)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "may be replaced by other builds" in text


def test_a_text_comes_once(places):
    distribution(places, "another", "3.0", "BSD-3-Clause", {"LICENSE": "Library's\n   text"})
    text = gathered(places, ("another",))
    assert "Library's text" not in text
    assert text.count("the same text as") == 1


def test_a_part_without_a_licence_stops_the_build(places):
    distribution(places, "nameless", "1", "", {})
    with pytest.raises(PackagingError, match="nameless comes without a licence"):
        gathered(places, ("nameless",))


def test_the_modules_are_those_that_pyinstaller_lists(tmp_path):
    listed = tmp_path / "PYZ-00.toc"
    listed.write_text(
        "('out.pyz', [('torch', 'torch/__init__.py', 'PYMODULE'), ('torch.nn', 'x', 'PYMODULE')])"
    )
    assert notices.frozen_modules(listed) == ["torch", "torch.nn"]
