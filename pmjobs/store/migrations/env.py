"""What `alembic` runs for contributors; pmjobs itself migrates through `pmjobs.store.migrate`.

`alembic revision --autogenerate` compares the tables of `pmjobs.store.schema` with a scratch
store: PMJOBS_DB names it.
"""

import os

from alembic import context

from pmjobs.store.engine import make_engine
from pmjobs.store.schema import in_metadata, metadata

engine = make_engine(os.environ.get("PMJOBS_DB", "scratch.db"), busy_timeout_s=5.0)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=in_metadata,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()
