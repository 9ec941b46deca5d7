"""Imports point downwards. Each part may import only the parts named after it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pmjobs"

RECORDS = {"errors", "posting", "ladder", "domain", "estimate_json"}
MAY_IMPORT = {
    "errors": set(),
    "places": set(),
    "board_server": {"posting"},
    "market": RECORDS,
    "posting": set(),
    "ladder": {"posting"},
    "estimate_json": {"posting", "ladder"},
    "domain": {"errors", "posting", "ladder"},
    "profile": RECORDS,
    "settings": {"errors", "posting"},
    "parsing": RECORDS,
    "net": RECORDS | {"settings"},
    "sources": RECORDS | {"settings", "parsing", "net"},
    "store": RECORDS,
    "level": RECORDS | {"parsing"},
    "questions": RECORDS | {"parsing"},
    "compare": RECORDS | {"parsing", "profile", "questions"},  # no scikit-learn, no database
    "resume": RECORDS | {"parsing", "profile", "compare"},  # finds skills by the same words
    "discover": RECORDS | {"settings", "parsing", "net", "sources"},
    "starters": {"errors", "posting"},
    "check": RECORDS | {"settings", "parsing", "net", "sources"},
    "ad_file": RECORDS | {"parsing", "resume"},
    "importing": RECORDS | {"parsing", "store", "ad_file"},
    "ingest": RECORDS | {"settings", "parsing", "net", "sources", "store"},
    "status": RECORDS | {"store"},
    "doctor": RECORDS | {"settings", "sources", "store", "level"},
    "export": RECORDS | {"store", "frames"},
    "duplicates": RECORDS | {"store"},
    "schedule": {"errors"},
    "train": RECORDS | {"places", "parsing", "level"},
    "evaluate": RECORDS | {"places", "parsing", "level"},
    "flags": RECORDS | {"parsing"},
    "estimating": RECORDS | {"parsing", "store", "level", "flags"},
    "labelling": RECORDS | {"parsing", "level"},  # reads ads and estimates that others hand in
    "ranking": RECORDS | {"parsing", "store", "compare", "profile"},
    "digest": RECORDS | {"store", "level", "compare", "profile", "estimating", "ranking"},
    "explain": RECORDS | {"parsing", "store", "level", "questions", "estimating", "market"},
}
TOP = {"cli", "demo", "frames", "__init__", "__main__"}  # these may import anything


def parts_imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {name.split(".")[1] for name in names if name.startswith("pmjobs.")}


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_imports_point_down(path):
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if part in TOP:
        return
    assert parts_imported(path) - {part} <= MAY_IMPORT[part]


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_no_two_parts_import_each_other(part):
    for other in MAY_IMPORT[part]:
        assert part not in MAY_IMPORT.get(other, set())
