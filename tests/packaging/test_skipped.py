from tests.packaging.skipped import skipped

REPORT = """<testsuites><testsuite>
<testcase classname="tests.packaging.test_macos" name="test_b"><skipped message="no program"/></testcase>
<testcase classname="tests.packaging.test_macos" name="test_a[x y]"><skipped message="no program"/></testcase>
<testcase classname="tests.packaging.test_macos" name="test_c"/>
<testcase classname="" name="tests.packaging.test_skipped"><skipped message="collection skipped"/></testcase>
</testsuite></testsuites>"""


def test_skipped_tests_are_named_as_pytest_takes_them():
    assert skipped(REPORT) == [
        "tests/packaging/test_macos.py::test_a[x y]",
        "tests/packaging/test_macos.py::test_b",
        "tests/packaging/test_skipped.py",
    ]


def test_a_run_that_skipped_nothing_leaves_nothing():
    assert skipped("<testsuites><testsuite/></testsuites>") == []
