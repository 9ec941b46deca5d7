"""Every notebook runs on the demo's data from top to bottom."""

from pathlib import Path

import pytest

from pmjobs import places

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.py"))

pytestmark = [
    # The kernel's sockets are closed by the garbage collector, not by nbclient.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def client_of(path, db, monkeypatch, tmp_path):
    wanted = "needs the extra: pip install pmjobs[notebook]"
    jupytext = pytest.importorskip("jupytext", reason=wanted)
    nbclient = pytest.importorskip("nbclient", reason=wanted)
    monkeypatch.setenv("PMJOBS_DB", str(db))
    monkeypatch.setenv("MPLBACKEND", "agg")
    # What the kernel and matplotlib would leave in the home folder.
    for name in ("IPYTHONDIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    return nbclient.NotebookClient(jupytext.read(path), timeout=120, kernel_name="python3")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_on_the_demo(path, demo_db, monkeypatch, tmp_path):
    notebook = client_of(path, demo_db, monkeypatch, tmp_path).execute()

    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    pages = [out["data"].get("text/html", "") for out in outputs if "data" in out]
    assert any("<mark" in page for page in pages), "no explanation shows its evidence"
    assert any("class='pmm'" in page for page in pages), "no market is shown"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_empty_store_is_told_with_what_to_do(path, monkeypatch, tmp_path):
    client = client_of(path, tmp_path / "empty.db", monkeypatch, tmp_path)

    with pytest.raises(Exception, match="No ad in .* has a level yet. Run `make demo` first"):
        client.execute()


def test_the_notebook_opens_the_store_that_make_demo_fills(monkeypatch):
    monkeypatch.delenv("PMJOBS_HOME", raising=False)
    checkout = Path(__file__).parent.parent

    assert places.demo_db() == checkout / ".pmjobs" / "demo.db"
    assert "PMJOBS_HOME ?= $(CURDIR)/.pmjobs\n" in (checkout / "Makefile").read_text("utf-8")
