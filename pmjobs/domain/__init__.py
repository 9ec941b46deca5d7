"""The domain tables: levels, dimensions, gates, families, titles, skills, moves, pay.

The tables are TOML files beside this module, shipped with the package; each module here reads
one of them into frozen records, once. Numbers and rules are this project's judgement unless a
comment in the table names a source.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_table(name: str) -> dict[str, Any]:
    """Return the table `pmjobs/domain/<name>.toml`, read once a process."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
