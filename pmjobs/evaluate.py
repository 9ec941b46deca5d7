"""How good the level model is on employers it has never seen, beside its baselines.

Grouped cross-validation over the labels at hand: an employer, and employers that publish
near-duplicates of each other's ads, never stand on both sides of a split. Every arm and baseline
is measured on the same folds in the same run. The labels are model-annotated; so are the figures.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from pmjobs.domain.titles import claim_of
from pmjobs.ladder import IN_SCOPE, Dimension, Family, Track
from pmjobs.level import baselines
from pmjobs.level.background import Background
from pmjobs.level.corpus import INVENTED, Label, groups_of, read_corpus, read_invented
from pmjobs.level.gates import gated_probabilities
from pmjobs.level.metrics import (
    cluster_bootstrap,
    confusion,
    levels_of,
    measures,
    qwk,
    reliability,
    sets_at,
)
from pmjobs.level.model import LEVELS, OPINIONS, Array, facts, spread
from pmjobs.level.ordinal import fit_ordinal
from pmjobs.level.reading import Reading, read
from pmjobs.level.training import SEED, Recipe, background_from, fit_recipe, mass_for_coverage
from pmjobs.places import shipped

N_FOLDS = 5
DRAWS = 2000  # of employers, for the intervals
BODY = "body"  # the arm the product uses


@dataclass(frozen=True)
class Evaluation:
    """The figures of one run."""

    n_ads: int
    n_employers: int
    seeds: int
    arms: dict[str, dict[str, Any]]  # arm or baseline -> mean, spread over seeds, interval
    paired: dict[str, Any]  # body minus title rules
    disagreement: dict[str, dict[str, float]]  # ads whose title claims another level
    per_level: dict[str, dict[str, float]]
    slices: dict[str, dict[str, dict[str, float]]]  # track, country, source
    sets: dict[str, dict[str, float]]
    scope: dict[str, float]
    families: dict[str, dict[str, float]]
    track_accuracy: float
    reliability: list[dict[str, float]]
    confusion: list[list[int]]
    worst: list[dict[str, Any]]
    dimensions: dict[str, dict[str, float]]


def evaluate(
    corpus: Path,
    *,
    seeds: int = 5,
    own: Sequence[Label] = (),
    say: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Measure the recipe on `corpus` with `seeds` draws of five folds.

    `own` are labels that people gave; they count like those of the corpus.

    Raises SettingsError if the corpus cannot be read.
    """
    study = _study(corpus, own)
    say(f"{len(study.labels)} labelled ads, {len(set(study.owners))} employers")
    rounds = []
    for seed in range(seeds):
        rounds.append(_round(study, SEED + seed))
        say(f"folds drawn {seed + 1} of {seeds} times")
    return _report(study, rounds)


def report_as_json(report: Evaluation) -> dict[str, Any]:
    """Return the report as plain values, rounded to four digits."""
    return {name: _plain(getattr(report, name)) for name in report.__dataclass_fields__}


@dataclass(frozen=True)
class _Study:
    """What is measured on: labels, what was read of them, and who belongs together."""

    labels: list[Label]
    invented: list[Label]
    owners: list[str]
    readings: dict[str, Reading]
    groups: dict[str, str]
    background: Background

    @property
    def told(self) -> list[int]:
        """Which labels name a level."""
        return [i for i, x in enumerate(self.labels) if x.level and x.family in IN_SCOPE]


@dataclass(frozen=True)
class _Round:
    """One draw of folds: what every arm said of every levelled ad, and the kinds found."""

    arms: dict[str, Array]  # (n_told, 7)
    inside: Array  # (n_labels,) probability of project work
    families: list[Family]
    tracks: list[Track]
    opinions: Array  # (n_told, len(OPINIONS))


def _study(corpus: Path, own: Sequence[Label]) -> _Study:
    ads, labels = read_corpus(corpus, own=own)
    invented = [label for name in INVENTED for label in read_invented(shipped(name))]
    everything = list(ads.values())
    groups = dict(zip(ads, groups_of(everything), strict=True))
    groups |= {label.ad.id: f"invented: {label.ad.owner}" for label in invented}
    readings = {ad.id: read(ad.description) for ad in everything}
    readings |= {label.ad.id: read(label.ad.description) for label in invented}
    return _Study(
        labels,
        invented,
        [groups[label.ad.id] for label in labels],
        readings,
        groups,
        background_from(everything, readings, groups),
    )


def _round(study: _Study, seed: int) -> _Round:
    labels, n = study.labels, len(study.labels)
    strata = [int(x.level) if x.level and x.family in IN_SCOPE else 0 for x in labels]
    arms: dict[str, Array] = {}
    inside, opinions = np.zeros(n), np.zeros((n, len(OPINIONS)))
    families, tracks = [Family.OTHER] * n, [Track.PROJECT] * n
    folds = StratifiedGroupKFold(N_FOLDS, shuffle=True, random_state=seed)
    for known, asked in folds.split(labels, strata, study.owners):
        held = study.background.without({study.owners[i] for i in asked})
        seen = [*(labels[i] for i in known), *study.invented]
        recipe = fit_recipe(seen, study.readings, study.groups, held, seed=seed)
        for i in asked:
            row = recipe.vocabulary.row(study.readings[labels[i].ad.id])
            families[i], inside[i] = recipe.family.decide(row)
            opinions[i] = recipe.level.opinions(row)
            tracks[i] = Track(recipe.track.kinds[int(recipe.track.scores(row).argmax())])
        told = set(study.told)
        for name, found in _arms(
            study, recipe, [i for i in known if i in told], [i for i in asked if i in told], tracks
        ).items():
            arms.setdefault(name, np.zeros((n, len(LEVELS))))[[i for i in asked if i in told]] = (
                found
            )
    where = study.told
    return _Round(
        {name: found[where] for name, found in arms.items()},
        inside,
        families,
        tracks,
        opinions[where],
    )


def _arms(
    study: _Study, recipe: Recipe, known: list[int], asked: list[int], tracks: Sequence[Track]
) -> dict[str, Array]:
    labels = study.labels
    levels = np.array([int(labels[i].level or 0) for i in known])
    titles = [[labels[i].ad.title for i in part] for part in (known, asked)]
    owners = [[labels[i].ad.owner for i in part] for part in (known, asked)]
    texts = [[_told(study.readings[labels[i].ad.id]) for i in part] for part in (known, asked)]
    readings = [[study.readings[labels[i].ad.id] for i in part] for part in (known, asked)]
    years = [reading.years.minimum if reading.years else None for reading in readings[1]]
    timeless = [changed(reading, told="") for reading in readings[1]]
    opinions = [recipe.level.opinions(recipe.vocabulary.row(reading)) for reading in readings[1]]
    coded = [_coded(reading, found) for reading, found in zip(readings[1], opinions, strict=True)]
    return {
        BODY: _probabilities(recipe, readings[1]),
        "title only": baselines.words_logistic(titles[0], levels, titles[1]),
        "full (body and title)": _with_title(
            recipe, [labels[i] for i in known], [labels[i] for i in asked], readings[1], levels
        ),
        "body without years": _probabilities(recipe, timeless),
        "employer only": baselines.words_logistic(owners[0], levels, owners[1], fewest=1),
        "majority": baselines.majority(levels, len(asked)),
        "title rules": baselines.title_rules(titles[1], levels),
        "years rule": baselines.years_rule(years, levels),
        "TF-IDF, logistic": baselines.words_logistic(texts[0], levels, texts[1], fewest=3),
        "TF-IDF, ordinal (mord)": baselines.words_ordinal(texts[0], levels, texts[1]),
        "rubric on read dimensions": baselines.rubric_rule(coded, [tracks[i] for i in asked]),
    }


def _probabilities(recipe: Recipe, readings: Sequence[Reading]) -> Array:
    return np.array(
        [gated_probabilities(recipe.level, recipe.vocabulary.row(r), r)[0] for r in readings]
    ).reshape(len(readings), len(LEVELS))


def _with_title(
    recipe: Recipe,
    known: Sequence[Label],
    asked: Sequence[Label],
    readings: Sequence[Reading],
    levels: Array,
) -> Array:
    """The body's score and what the title claims, weighed together: not allowed in the product."""
    seen = [recipe.unseen_scores[label.ad.id] for label in known]
    unseen = [recipe.level.score(recipe.vocabulary.row(r), facts(r)) for r in readings]
    x = [
        np.array([[score, *_claim(label.ad.title)] for score, label in zip(s, part, strict=True)])
        for s, part in ((seen, known), (unseen, asked))
    ]
    head, cuts = fit_ordinal(x[0], levels, penalty=1.0, weights=np.ones(len(levels)))
    return np.array([spread(float(row @ head), cuts) for row in x[1]])


def _claim(title: str) -> tuple[float, float]:
    """The level a title claims, and whether it claims none."""
    claim = claim_of(title)
    return (float(claim.level), 0.0) if claim else (3.5, 1.0)


def _told(reading: Reading) -> str:
    return "\n".join(" ".join(words) for words in reading.tokens)


def _coded(reading: Reading, opinions: Array) -> dict[Dimension, float]:
    shown = {hit.cue.dimension for hit in reading.hits}
    told = dict(zip(OPINIONS, opinions.tolist(), strict=True))
    return {d: round(min(max(told[d], 0.0), 4.0) * 2) / 2 for d in Dimension if d in shown}


def _report(study: _Study, rounds: Sequence[_Round]) -> Evaluation:
    where = study.told
    labels = [study.labels[i] for i in where]
    truth = np.array([int(label.level or 0) for label in labels])
    owners = np.array([study.owners[i] for i in where])
    mean_body = np.mean([r.arms[BODY] for r in rounds], axis=0)
    arms = {name: _arm(name, rounds, truth, owners) for name in rounds[0].arms}
    claims = [claim_of(label.ad.title) for label in labels]
    other = np.array([c is not None and c.level != t for c, t in zip(claims, truth, strict=True)])
    found = levels_of(rounds[0].arms[BODY])
    return Evaluation(
        n_ads=len(labels),
        n_employers=len(set(owners.tolist())),
        seeds=len(rounds),
        arms=arms,
        paired=_paired(rounds, truth, owners),
        disagreement={
            name: _mean([_few(truth[other], r.arms[name][other]) for r in rounds])
            | {"n": float(other.sum())}
            for name in rounds[0].arms
        },
        per_level=_per_level(truth, rounds),
        slices={
            "track": _slices([str(label.track) for label in labels], truth, mean_body),
            "country": _slices([str(label.ad.country) for label in labels], truth, mean_body),
            "source": _slices([str(label.ad.source) for label in labels], truth, mean_body),
        },
        sets=_sets(truth, rounds, owners),
        scope=_mean([_scope(study, r) for r in rounds]),
        families=_families(study, rounds[0]),
        track_accuracy=float(
            np.mean([[r.tracks[i] == study.labels[i].track for i in where] for r in rounds])
        ),
        reliability=reliability(truth, np.concatenate([r.arms[BODY] for r in rounds][:1])),
        confusion=confusion(truth, found).tolist(),
        worst=_worst(labels, truth, mean_body),
        dimensions=_dimension_quality(labels, rounds),
    )


def _arm(name: str, rounds: Sequence[_Round], truth: Array, owners: Array) -> dict[str, Any]:
    each = [measures(truth, r.arms[name]) for r in rounds]
    found = levels_of(rounds[0].arms[name])
    interval = cluster_bootstrap(lambda i: qwk(truth[i], found[i]), owners, draws=DRAWS, seed=SEED)
    spread_of = {key: float(np.std([m[key] for m in each])) for key in each[0]}
    return {"mean": _mean(each), "spread": spread_of, "qwk_interval": interval}


def _paired(rounds: Sequence[_Round], truth: Array, owners: Array) -> dict[str, Any]:
    body, rules = (levels_of(rounds[0].arms[name]) for name in (BODY, "title rules"))
    low, high = cluster_bootstrap(
        lambda i: qwk(truth[i], body[i]) - qwk(truth[i], rules[i]), owners, draws=DRAWS, seed=SEED
    )
    gain = np.mean([qwk(truth, levels_of(r.arms[BODY])) - qwk(truth, rules) for r in rounds])
    return {"qwk_body_minus_title_rules": float(gain), "interval": (low, high)}


def _few(truth: Array, probabilities: Array) -> dict[str, float]:
    steps = np.abs(truth - levels_of(probabilities))
    return {"exact": float((steps == 0).mean()), "within_1": float((steps <= 1).mean())}


def _per_level(truth: Array, rounds: Sequence[_Round]) -> dict[str, dict[str, float]]:
    told = {}
    for level in map(int, LEVELS):
        rows = []
        for one in rounds:
            found = levels_of(one.arms[BODY])
            hit = float(((found == level) & (truth == level)).sum())
            said, was = float((found == level).sum()), float((truth == level).sum())
            rows.append(
                {
                    "n": was,
                    "precision": hit / said if said else 0.0,
                    "recall": hit / was if was else 0.0,
                    "f1": 2 * hit / (said + was) if said + was else 0.0,
                }
            )
        told[str(level)] = _mean(rows)
    return told


def _slices(
    names: Sequence[str], truth: Array, probabilities: Array, fewest: int = 20
) -> dict[str, dict[str, float]]:
    found = levels_of(probabilities)
    told = {}
    for name in sorted(set(names)):
        i = np.array([other == name for other in names])
        if i.sum() >= fewest:
            told[name] = {
                "n": float(i.sum()),
                "qwk": qwk(truth[i], found[i]),
                **_few(truth[i], probabilities[i]),
            }
    return told


def _sets(truth: Array, rounds: Sequence[_Round], owners: Array) -> dict[str, dict[str, float]]:
    """Coverage and width of level sets whose mass was chosen on other employers."""
    told = {}
    halves = np.array([hash_of(owner) % 2 for owner in owners])
    for name, wanted in (("90", 0.9), ("80", 0.8)):
        rows = []
        for one in rounds:
            for half in (0, 1):
                chosen, tested = halves == half, halves != half
                body = one.arms[BODY]
                mass = mass_for_coverage(body[chosen], truth[chosen], wanted)
                coverage, width = sets_at(truth[tested], body[tested], mass)
                rows.append({"coverage": coverage, "width": width, "mass": mass})
        told[name] = _mean(rows)
    return told


def hash_of(owner: str) -> int:
    """Return a number that is the same on every run and machine."""
    import zlib

    return zlib.crc32(owner.encode())


def _scope(study: _Study, one: _Round) -> dict[str, float]:
    true = np.array([label.family in IN_SCOPE for label in study.labels])
    said = one.inside >= 0.5
    hit = float((true & said).sum())
    precision, recall = hit / max(said.sum(), 1), hit / max(true.sum(), 1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "family_accuracy": float(
            np.mean([a is b.family for a, b in zip(one.families, study.labels, strict=True)])
        ),
    }


def _families(study: _Study, one: _Round) -> dict[str, dict[str, float]]:
    told = {}
    for family in sorted({label.family for label in study.labels}):
        was = np.array([label.family is family for label in study.labels])
        said = np.array([found is family for found in one.families])
        told[str(family)] = {
            "n": float(was.sum()),
            "f1": 2 * float((was & said).sum()) / float(was.sum() + said.sum()),
        }
    return told


def _worst(labels: Sequence[Label], truth: Array, probabilities: Array) -> list[dict[str, Any]]:
    """The ten ads whose true level was thought least likely, by id."""
    told = probabilities[np.arange(len(truth)), truth - 1]
    found = levels_of(probabilities)
    return [
        {"id": labels[i].ad.id, "level": int(truth[i]), "estimated": int(found[i]),
         "probability": float(told[i])}
        for i in np.argsort(told, kind="stable")[:10]
    ]  # fmt: skip


def _dimension_quality(
    labels: Sequence[Label], rounds: Sequence[_Round]
) -> dict[str, dict[str, float]]:
    told = {}
    for dimension in Dimension:
        i = [k for k, label in enumerate(labels) if dimension in label.dimensions]
        true = np.array([labels[k].dimensions[dimension] for k in i])
        column = OPINIONS.index(dimension)
        rows = [
            {
                "correlation": float(np.corrcoef(true, r.opinions[i, column])[0, 1]),
                "mae": float(np.abs(true - r.opinions[i, column]).mean()),
            }
            for r in rounds
        ]
        told[str(dimension)] = {"n": float(len(i)), **_mean(rows)}
    return told


def _mean(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(found) for key, found in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(found) for found in value]
    return round(value, 4) if isinstance(value, float) else value
