"""What the tests of runs share."""

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from desktop.runs.runs_model import RunsModel


@pytest.fixture
def model(qapp):
    """The rows of the table; whatever a model may not do fails the test."""
    model = RunsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    yield model
    tester.deleteLater()
    model.deleteLater()
