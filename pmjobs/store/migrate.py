"""Bring a store's tables up to this pmjobs; a store is never taken back to an older one."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from pmjobs.errors import StoreError
from pmjobs.store.engine import name_of, reading, writing
from pmjobs.store.schema import HEAD

SCRIPTS = Path(__file__).parent / "migrations"


def bring_up_to_date(engine: Engine, *, target: str = HEAD) -> None:
    """Apply the migrations that the store lacks, all of them or none.

    Raises StoreError for a store of a newer pmjobs, and for a database that is something else.
    """
    with reading(engine) as db:
        version = _version(db, name_of(engine))
    if version == target:
        return
    with writing(engine) as db:
        # Asked again: another process may have migrated while this one waited for the lock.
        version = _version(db, name_of(engine))
        if version != target:
            _upgrade(db, version, target, name_of(engine))


def _version(db: Connection, name: str) -> str | None:
    tables = inspect(db).get_table_names()
    if "alembic_version" in tables:
        return db.scalars(text("SELECT version_num FROM alembic_version")).one_or_none()
    if tables:
        raise StoreError(f"{name}: holds other tables, so it is no pmjobs store; name another")
    return None


def _upgrade(db: Connection, version: str | None, target: str, name: str) -> None:
    # Here: alembic takes a moment to import, and most stores are up to date.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(SCRIPTS))
    known = {script.revision for script in scripts.walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(f"{name}: written by a newer pmjobs (tables {version}); update pmjobs")
    environment = EnvironmentContext(
        Config(),
        scripts,
        fn=lambda revision, _context: scripts._upgrade_revs(target, revision),
    )
    with environment:
        environment.configure(connection=db, transactional_ddl=True)
        environment.run_migrations()
