"""A profile out of whatever file the reader has: pmjobs' own, or a résumé with proposals."""

import json
import tomllib
from pathlib import Path

from pmjobs.profile import Profile, load_profile, profile_from
from pmjobs.resume.propose import propose_profile
from pmjobs.resume.reading import read_resume

OWN_ENDINGS = (".toml",)
JSON_RESUME_PARTS = {"basics", "work", "certificates", "education", "volunteer"}
PEEK_BYTES = 2_000_000  # a JSON Resume is smaller


def load_any_profile(path: Path) -> tuple[Profile, bool]:
    """Return the profile in `path`, and whether it is only proposed by a résumé.

    A proposed profile's ratings are read off the résumé's lines and nobody has confirmed them.
    Raises ProfileError if the file is neither a profile nor a résumé that can be read.
    """
    if path.suffix.lower() in OWN_ENDINGS or not path.exists() or _is_own_json(path):
        return load_profile(path), False
    text = propose_profile(read_resume(path), live=True)
    return profile_from(tomllib.loads(text), path.name), True


def _is_own_json(path: Path) -> bool:
    if path.suffix.lower() != ".json" or path.stat().st_size > PEEK_BYTES:
        return False
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and not JSON_RESUME_PARTS & value.keys()
