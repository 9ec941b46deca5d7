"""Fixtures that several test files share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recorded answers and the corpus beside a checkout; skips where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus" / "ads.jsonl.gz").exists():
        pytest.skip("../shared (recorded answers and corpus) is not beside this checkout")
    return folder


@pytest.fixture
def store_url(tmp_path) -> str:
    """The address of an empty store."""
    return str(tmp_path / "pmjobs.db")
