"""Where things lie on this machine: what ships with pmjobs, and what belongs to the user."""

import os
from pathlib import Path

PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the file or folder `name` ("models/level") that comes with pmjobs.

    A wheel carries them inside the package; a checkout has them at its top level.
    """
    inside = PACKAGE / "_shipped" / name
    return inside if inside.exists() else PACKAGE.parent / name


def user_home() -> Path:
    """Return the folder for the user's own files; $PMJOBS_HOME moves it."""
    if home := os.environ.get("PMJOBS_HOME"):
        return Path(home)
    import platformdirs  # here: every other command can do without it

    return platformdirs.user_data_path("pmjobs", appauthor=False)


def demo_db() -> Path:
    """Return the path of the store that `pmjobs demo` fills and the notebooks open.

    In a checkout it stands in the checkout, as `make demo` has it, unless $PMJOBS_HOME is set.
    """
    checkout = PACKAGE.parent
    if not os.environ.get("PMJOBS_HOME") and (checkout / "Makefile").exists():
        return checkout / ".pmjobs" / "demo.db"
    return user_home() / "demo.db"


def default_db() -> Path:
    """Return the path of the SQLite store used when no --db is given."""
    return user_home() / "pmjobs.db"


def default_sources() -> Path:
    """Return the path of the sources.toml used when no --sources is given."""
    return user_home() / "sources.toml"


def default_profile() -> Path:
    """Return the path of the profile used when no --profile is given."""
    return user_home() / "profile.toml"


def http_cache() -> Path:
    """Return the path of the store of earlier answers, which saves hosts repeated work."""
    return user_home() / "http-cache.db"
