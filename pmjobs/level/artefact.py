"""Trained models on disk: a folder of data, no code.

models/level/
    arrays.npz       the scorer's arrays, without any pickled object
    terms.json       the vocabulary: words and pairs of words, nothing longer
    card.json        what it was trained on and how well it does, with a hash of each file above
    CARD.md          the same for people
    evaluation.json  the last `pmjobs evaluate`, for the record; never read here

A model is refused if a file is missing or not the one the card names, or if this pmjobs reads
ads differently from the one that trained it.
"""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from pmjobs.domain.cues import cues
from pmjobs.errors import ArtefactError
from pmjobs.ladder import Level
from pmjobs.level.model import N_FEATURES, LevelScorer
from pmjobs.level.scope import KindScorer, Names, Nearness, WorkScorer
from pmjobs.level.sentence_reader import SentenceReader
from pmjobs.level.vocabulary import Vocabulary

FORMAT = 4  # of the files; raised when an older one could be read wrongly
READING = 5  # of masking, sections and tokens; raised when they change what a model was taught
ARRAYS, TERMS, CARD = "arrays.npz", "terms.json", "card.json"
MAX_BYTES = 50_000_000  # of one file; ours have 9 MB and less
_HALF = frozenset({"level_weights", "scope_weights", "sentence_words"})
_SINGLE = ("sentence_idf", "sentence_cues", "sentence_zones", "near_known")
_NAMES = (
    "idf",
    "level_intercepts",
    "head",
    "cuts",
    "coder",
    "masses",
    "scope_intercepts",
    "near_centre",
    "near_scale",
    "near_known",
    "near_weights",
    "near_curve",
    "family_weights",
    "family_intercepts",
    "track_weights",
    "track_intercepts",
    *_SINGLE,
    *sorted(_HALF),
)


@dataclass(frozen=True)
class LevelModel:
    """A trained model, ready to estimate."""

    model_id: str
    card: dict[str, Any]
    vocabulary: Vocabulary
    level: LevelScorer
    work: WorkScorer
    mass_90: float  # probability a level set must hold to be right in nine of ten ads
    mass_80: float


def save_model(
    folder: Path,
    *,
    vocabulary: Vocabulary,
    level: LevelScorer,
    work: WorkScorer,
    masses: tuple[float, float],
    card: dict[str, Any],
) -> dict[str, Any]:
    """Write a model and return its completed card; the same model gives the same bytes.

    Raises ValueError if its level was not taught with sentences.
    """
    if level.reader is None:
        raise ValueError("a model on disk reads sentences; fit it with lessons")
    arrays = {
        "idf": vocabulary.idf,
        "level_weights": level.weights,
        "level_intercepts": level.intercepts,
        "head": level.head,
        "cuts": level.cuts,
        "coder": level.coder,
        "masses": np.array(masses),
        "scope_weights": work.scope.weights,
        "scope_intercepts": work.scope.intercepts,
        "near_centre": work.nearness.centre,
        "near_scale": work.nearness.scale,
        "near_known": work.nearness.known,
        "near_weights": work.nearness.weights,
        "near_curve": np.array([work.nearness.gamma, *work.nearness.curve]),
        "family_weights": work.families.weights,
        "family_intercepts": work.families.intercepts,
        "track_weights": work.tracks.weights,
        "track_intercepts": work.tracks.intercepts,
        "sentence_idf": level.reader.idf,
        "sentence_words": level.reader.words,
        "sentence_cues": level.reader.cues,
        "sentence_zones": level.reader.zones,
    }
    # Half precision: a weight's fourth digit moves no level, and the model stays small.
    small = {name: array.astype(_precision(name)) for name, array in arrays.items()}
    packed = BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **small)
    files = {
        ARRAYS: packed.getvalue(),
        TERMS: json.dumps(list(vocabulary.terms), ensure_ascii=False, indent=0).encode(),
    }
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    full = {
        "model_id": _model_id(hashes),
        "format": FORMAT,
        "reading": READING,
        "cues": cue_print(),
        "ladder": [level.name for level in Level],
        "opinions": list(work.scope.kinds),
        "families": list(work.families.kinds),
        "tracks": list(work.tracks.kinds),
        "files": hashes,
        **card,
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (folder / name).write_bytes(body)
    (folder / CARD).write_text(
        json.dumps(full, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return full


def load_model(folder: Path) -> LevelModel:
    """Load a model that this installation can run.

    Raises ArtefactError if a file is missing, was changed since training, or was made for
    another ladder, cue table or way of reading, where levels would be wrong in silence.
    """
    card = _card(folder)
    bodies = {name: _checked(folder, name, card) for name in (ARRAYS, TERMS)}
    if card.get("model_id") != _model_id(card["files"]):
        raise ArtefactError(f"{folder}: card.json does not belong to its files; {_AGAIN}")
    for key, ours in (
        ("format", FORMAT),
        ("reading", READING),
        ("cues", cue_print()),
        ("ladder", [level.name for level in Level]),
    ):
        if card.get(key) != ours:
            raise ArtefactError(f"{folder}: made for another {_WHAT[key]}; {_AGAIN}")
    try:
        return _assemble(card, bodies)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise ArtefactError(f"{folder}: not a level model ({error}); {_AGAIN}") from error


def cue_print() -> str:
    """Return a fingerprint of the cue table, whose hits the model was taught with."""
    told = "\n".join(f"{cue.dimension} {cue.anchor} {cue.phrase}" for cue in cues())
    return hashlib.sha256(told.encode()).hexdigest()[:16]


_AGAIN = "train it again with `pmjobs train`"
_WHAT = {
    "format": "version of pmjobs",
    "reading": "way of reading ads",
    "cues": "cue table",
    "ladder": "ladder",
}


def _precision(name: str) -> type[np.floating]:
    """How exactly an array is kept on disk."""
    if name in _HALF:
        return np.float16
    return np.float32 if name in _SINGLE else np.float64


def _model_id(hashes: dict[str, str]) -> str:
    told = json.dumps({name: hashes[name] for name in (ARRAYS, TERMS)})
    return f"level-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def _card(folder: Path) -> dict[str, Any]:
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        files = card["files"]
        if not isinstance(card, dict) or not all(
            isinstance(files[n], str) for n in (ARRAYS, TERMS)
        ):
            raise TypeError("no hashes")
    except FileNotFoundError:
        raise ArtefactError(
            f"no model in {folder}: `pmjobs train` makes one from a corpus"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArtefactError(f"{folder / CARD}: not a model's card ({error}); {_AGAIN}") from error
    return card


def _checked(folder: Path, name: str, card: dict[str, Any]) -> bytes:
    path = folder / name
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ArtefactError(f"{path}: too large for a level model; {_AGAIN}")
        body = path.read_bytes()
    except OSError:
        raise ArtefactError(f"{path}: missing or not readable; {_AGAIN}") from None
    if hashlib.sha256(body).hexdigest() != card["files"][name]:
        raise ArtefactError(f"{path}: changed since it was trained, so it is not used; {_AGAIN}")
    return body


def _in_memory(name: str) -> type[np.floating]:
    return np.float32 if name.startswith("sentence_") or name == "scope_weights" else np.float64


def _assemble(card: dict[str, Any], bodies: dict[str, bytes]) -> LevelModel:
    terms = json.loads(bodies[TERMS])
    with np.load(BytesIO(bodies[ARRAYS]), allow_pickle=False) as packed:
        arrays = {name: np.asarray(packed[name], dtype=_in_memory(name)) for name in _NAMES}
    if len(terms) != len(arrays["idf"]) or len(arrays["head"]) != N_FEATURES:
        raise ValueError("arrays of other lengths")
    scope = KindScorer(tuple(card["opinions"]), arrays["scope_weights"], arrays["scope_intercepts"])
    gamma, slope, intercept = arrays["near_curve"].tolist()
    nearness = Nearness(
        arrays["near_centre"],
        arrays["near_scale"],
        arrays["near_known"],
        arrays["near_weights"],
        gamma,
        (slope, intercept),
    )
    families, tracks = (
        Names(tuple(card[kinds]), arrays[f"{name}_weights"], arrays[f"{name}_intercepts"])
        for kinds, name in (("families", "family"), ("tracks", "track"))
    )
    return LevelModel(
        model_id=card["model_id"],
        card=card,
        vocabulary=Vocabulary(tuple(terms), arrays["idf"]),
        level=LevelScorer(
            arrays["level_weights"],
            arrays["level_intercepts"],
            SentenceReader(*(arrays[f"sentence_{n}"] for n in ("idf", "words", "cues", "zones"))),
            arrays["head"],
            arrays["cuts"],
            arrays["coder"],
        ),
        work=WorkScorer(scope, nearness, families, tracks),
        mass_90=float(arrays["masses"][0]),
        mass_80=float(arrays["masses"][1]),
    )
