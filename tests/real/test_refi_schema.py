"""The projects that the tests make are what the standard's own schema allows."""

from __future__ import annotations

from pathlib import Path

import pytest
from decision_making import TEXT
from refi_making import project, selection, text_source

pytestmark = pytest.mark.real


def test_the_projects_of_the_tests_fit_the_published_schema(shared: Path) -> None:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(shared / "refi-qda" / "Project.xsd")))
    made = project(text_source(TEXT, selection(0, 5, name="Maren", note=True), selection(6, 9)))
    document = etree.fromstring(made.encode())
    assert schema.validate(document), schema.error_log
