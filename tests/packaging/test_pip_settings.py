from tests.packaging.pip_settings import paths_named, variables_from


def test_what_counts_for_more_comes_from_the_environment():
    lines = [
        ":env:.find-links='/from environment'",
        "global.find-links='/from file'",
        "global.extra-index-url='\\nhttps://one\\nhttps://two'",
        "install.no-compile='true'",
        "freeze.timeout='10'",
    ]
    assert variables_from(lines) == {
        "PIP_FIND_LINKS": "/from environment",
        "PIP_EXTRA_INDEX_URL": "https://one https://two",
        "PIP_NO_COMPILE": "true",
    }


def test_files_folders_and_what_lies_beside_an_index_are_named(tmp_path):
    index = tmp_path / "all of it" / "simple"
    index.mkdir(parents=True)
    links = tmp_path / "links"
    links.mkdir()
    values = [index.as_uri(), f"{links} https://elsewhere {tmp_path / 'gone'}", str(links), "60"]
    assert paths_named(values) == [index.parent, links]
