"""The page about sources names every source with its keys, that about explain every key."""

from pathlib import Path

import pytest

from pmjobs.explain import explain
from pmjobs.explain.as_json import explanation_as_json
from pmjobs.sources import SOURCES, find_source
from tests.test_explain import estimate, posting

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SOURCES)
def test_source_stands_on_the_page_with_its_keys(name):
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |")]
    assert SOURCES[name] in row
    assert all(f"`{key}`" in row for key in find_source(name).OPTIONS)


def test_every_key_of_an_explanation_stands_on_its_page():
    page = (DOCS / "explain.md").read_text(encoding="utf-8")
    keys = explanation_as_json(explain(posting(), estimate()))
    assert [key for key in keys if f"`{key}`" not in page] == []
