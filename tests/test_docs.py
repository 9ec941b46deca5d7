"""The page about sources names every source with its keys."""

from pathlib import Path

import pytest

from pmjobs.sources import SOURCES, find_source

PAGE = (Path(__file__).parent.parent / "docs" / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SOURCES)
def test_source_stands_on_the_page_with_its_keys(name):
    rows = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |")]
    assert len(rows) == 1, f"docs/sources.md needs one row `| `{name}` | … |`, has {len(rows)}"
    assert SOURCES[name] in rows[0], f"docs/sources.md: {name}: write {SOURCES[name]!r}"
    missing = [key for key in find_source(name).OPTIONS if f"`{key}`" not in rows[0]]
    assert not missing, f"docs/sources.md: {name}: the row lacks the keys {', '.join(missing)}"
