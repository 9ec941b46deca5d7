"""Fixtures that several test files share."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A private PostgreSQL server, reached through a socket in a folder of its own.

    Yields its URL up to the database's name. Skips where PostgreSQL's programs are not installed.
    """
    pytest.importorskip("psycopg", reason="psycopg is not installed (the extra `postgres`)")
    initdb = shutil.which("initdb") or next(
        iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None
    )
    if initdb is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    pg_ctl = Path(initdb).with_name("pg_ctl")
    # PostgreSQL refuses to run as root; then it runs as a user that may do nothing else.
    who = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="pmjobs-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if who:
            shutil.chown(folder, "nobody", "nogroup")
        options = f"-c listen_addresses='' -k {folder} -c fsync=off -c max_connections=20"
        data = str(folder / "data")
        for command in (
            [initdb, "-D", data, "-U", "pmjobs", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
            [pg_ctl, "-D", data, "-l", folder / "log", "-w", "-t", "60", "-o", options, "start"],
        ):
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **who)
        try:
            yield f"postgresql://pmjobs@/{{}}?host={folder}"
        finally:
            stop = [pg_ctl, "-D", data, "-m", "immediate", "stop"]
            subprocess.run(stop, cwd=folder, check=True, stdout=subprocess.DEVNULL, **who)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path) -> str:
    """The address of an empty store, on each system in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "pmjobs.db")
    import psycopg

    server = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name}")
    return server.format(name)


@pytest.fixture(scope="session")
def demo_db(tmp_path_factory) -> Path:
    """The store that the demo fills: invented boards, ingested over loopback and levelled."""
    from pmjobs.demo import fill

    db = tmp_path_factory.mktemp("demo") / "demo.db"
    fill(db)
    return db
