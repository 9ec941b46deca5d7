"""The page about sources names every source with its keys."""

from pathlib import Path

import pytest

from pmjobs.sources import SOURCES, find_source

PAGE = (Path(__file__).parent.parent / "docs" / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SOURCES)
def test_source_stands_on_the_page_with_its_keys(name):
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |")]
    assert SOURCES[name] in row
    assert all(f"`{key}`" in row for key in find_source(name).OPTIONS)
