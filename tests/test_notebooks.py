"""Every notebook runs on the demo's data from top to bottom."""

from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.py"))

pytestmark = [
    # The kernel's sockets are closed by the garbage collector, not by nbclient.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_on_the_demo(path, demo_db, monkeypatch, tmp_path):
    wanted = "needs the extra: pip install pmjobs[notebook]"
    jupytext = pytest.importorskip("jupytext", reason=wanted)
    nbclient = pytest.importorskip("nbclient", reason=wanted)
    monkeypatch.setenv("PMJOBS_DB", str(demo_db))
    monkeypatch.setenv("MPLBACKEND", "agg")
    # What the kernel and matplotlib would leave in the home folder.
    for name in ("IPYTHONDIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    notebook = jupytext.read(path)

    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()

    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    pages = [out["data"].get("text/html", "") for out in outputs if "data" in out]
    assert any("<mark" in page for page in pages), "no explanation shows its evidence"
    assert any("class='pmm'" in page for page in pages), "no market is shown"
