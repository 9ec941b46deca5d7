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
    rows = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |")]
    assert len(rows) == 1, f"docs/sources.md needs one row `| `{name}` | … |`, has {len(rows)}"
    assert SOURCES[name] in rows[0], f"docs/sources.md: {name}: write {SOURCES[name]!r}"
    missing = [key for key in find_source(name).OPTIONS if f"`{key}`" not in rows[0]]
    assert not missing, f"docs/sources.md: {name}: the row lacks the keys {', '.join(missing)}"


def test_every_key_of_an_explanation_stands_on_its_page():
    page = (DOCS / "explain.md").read_text(encoding="utf-8")
    keys = explanation_as_json(explain(posting(), estimate()))
    assert [key for key in keys if f"`{key}`" not in page] == []
