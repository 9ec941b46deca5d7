"""Two runs at once: the second says so and ends well."""

from pmjobs.cli import main
from pmjobs.store import Store


def test_a_second_run_leaves_cleanly_with_a_message(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path))
    main(["sources", "add", "greenhouse:acme"])
    capsys.readouterr()
    with Store.open(tmp_path / "pmjobs.db") as store, store.locked():
        code = main(["ingest"])
    _, err = capsys.readouterr()
    assert code == 0
    assert err.strip()
    assert "Traceback" not in err
