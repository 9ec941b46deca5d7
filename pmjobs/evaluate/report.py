"""The figures of an evaluation: arms beside baselines, with intervals, by level, slice and kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from pmjobs.domain.titles import claim_of
from pmjobs.evaluate.learning import twice_the_labels
from pmjobs.evaluate.rounds import BODY, Round, Study
from pmjobs.ladder import IN_SCOPE, Dimension
from pmjobs.level.corpus import Label
from pmjobs.level.metrics import (
    calibration_by_chance,
    calibration_error,
    cluster_bootstrap,
    confusion,
    levels_of,
    measures,
    qwk,
    reliability,
    sets_at,
)
from pmjobs.level.model import LEVELS
from pmjobs.level.scope import UNSURE
from pmjobs.level.training import SEED, mass_for_coverage
from pmjobs.level.vocabulary import Array

DRAWS = 2000  # of employers, for the intervals
CHANCE_DRAWS = 200  # of levels, for the calibration error of a model that is exactly right


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
    abstention: dict[str, float]  # shares of ads of which nothing is said
    tracks: dict[str, dict[str, float]]
    track_accuracy: float
    reliability: list[dict[str, float]]
    calibration: dict[str, float]  # beside what chance alone makes of right probabilities
    confusion: list[list[int]]
    worst: list[dict[str, Any]]
    dimensions: dict[str, dict[str, float]]
    evidence: dict[str, float]  # comprehensiveness, sufficiency, beside random spans
    directions: dict[str, dict[str, float]]  # a raise of budget, years, ... and how often it lowers
    leaks: dict[str, float]
    learning: list[dict[str, float]]  # QWK with part of the employers
    twice_the_labels: dict[str, float]  # what the curve promises
    zones: dict[str, float]  # the cut into duties, requirements, package, boilerplate


def report_as_json(report: Evaluation) -> dict[str, Any]:
    """Return the report as plain values, rounded to four digits."""
    return {name: _plain(getattr(report, name)) for name in report.__dataclass_fields__}


@dataclass(frozen=True)
class Trials:
    """What is tried once, beside the rounds."""

    evidence: dict[str, float]
    directions: dict[str, dict[str, float]]
    leaks: dict[str, float]
    learning: list[dict[str, float]]
    zones: dict[str, float]


def report_of(study: Study, rounds: Sequence[Round], trials: Trials) -> Evaluation:
    """Return the figures of `rounds` and of the further trials."""
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
        families=_kinds([x.family for x in study.labels], [r.families for r in rounds]),
        abstention=_mean([_abstention(study, r) for r in rounds]),
        tracks=_kinds(
            [str(label.track) for label in labels],
            [[str(r.tracks[i]) for i in where] for r in rounds],
        ),
        track_accuracy=float(
            np.mean([[r.tracks[i] == study.labels[i].track for i in where] for r in rounds])
        ),
        reliability=reliability(truth, np.concatenate([r.arms[BODY] for r in rounds][:1])),
        calibration=_mean([_calibration(truth, r.arms[BODY]) for r in rounds]),
        confusion=confusion(truth, found).tolist(),
        worst=_worst(labels, truth, mean_body),
        dimensions=_dimension_quality(labels, rounds),
        evidence=trials.evidence,
        directions=trials.directions,
        leaks=trials.leaks,
        learning=trials.learning,
        twice_the_labels=twice_the_labels(trials.learning),
        zones=trials.zones,
    )


def _arm(name: str, rounds: Sequence[Round], truth: Array, owners: Array) -> dict[str, Any]:
    each = [measures(truth, r.arms[name]) for r in rounds]
    found = levels_of(rounds[0].arms[name])
    interval = cluster_bootstrap(lambda i: qwk(truth[i], found[i]), owners, draws=DRAWS, seed=SEED)
    spread_of = {key: float(np.std([m[key] for m in each])) for key in each[0]}
    return {"mean": _mean(each), "spread": spread_of, "qwk_interval": interval}


def _paired(rounds: Sequence[Round], truth: Array, owners: Array) -> dict[str, Any]:
    body, rules = (levels_of(rounds[0].arms[name]) for name in (BODY, "title rules"))
    low, high = cluster_bootstrap(
        lambda i: qwk(truth[i], body[i]) - qwk(truth[i], rules[i]), owners, draws=DRAWS, seed=SEED
    )
    gain = np.mean([qwk(truth, levels_of(r.arms[BODY])) - qwk(truth, rules) for r in rounds])
    return {"qwk_body_minus_title_rules": float(gain), "interval": (low, high)}


def _few(truth: Array, probabilities: Array) -> dict[str, float]:
    steps = np.abs(truth - levels_of(probabilities))
    return {"exact": float((steps == 0).mean()), "within_1": float((steps <= 1).mean())}


def _per_level(truth: Array, rounds: Sequence[Round]) -> dict[str, dict[str, float]]:
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


def _calibration(truth: Array, probabilities: Array) -> dict[str, float]:
    return {
        "ece": calibration_error(truth, probabilities),
        "ece_by_chance": calibration_by_chance(probabilities, draws=CHANCE_DRAWS, seed=SEED),
        "stated": float(probabilities.max(axis=1).mean()),
        "right": float((probabilities.argmax(axis=1) + 1 == truth).mean()),
    }


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


def _sets(truth: Array, rounds: Sequence[Round], owners: Array) -> dict[str, dict[str, float]]:
    """Coverage and width of level sets whose mass was chosen on other employers."""
    told = {}
    halves = np.array([crc32(owner.encode()) % 2 for owner in owners])
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


def _scope(study: Study, one: Round) -> dict[str, float]:
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


def _kinds(was: Sequence[str], said: Sequence[Sequence[str]]) -> dict[str, dict[str, float]]:
    """The F1 of each kind, the mean over rounds."""
    told = {}
    for kind in sorted(set(was)):
        true = np.array([one == kind for one in was])
        found = np.array([[one == kind for one in of_round] for of_round in said])
        hits, named = (found & true).sum(axis=1), found.sum(axis=1)
        told[str(kind)] = {
            "n": float(true.sum()),
            "f1": float(np.mean(2 * hits / (true.sum() + named))),
        }
    return told


def _abstention(study: Study, one: Round) -> dict[str, float]:
    """How often nothing would be said: of ads with a level, and of ads labelled as too thin."""
    levelled = study.told
    thin = [i for i, x in enumerate(study.labels) if x.family in IN_SCOPE and not x.level]
    unsure = np.abs(one.inside - 0.5) < UNSURE
    return {
        "levelled_thin": float(np.mean([one.thin[i] for i in levelled])),
        "levelled_unsure": float(unsure[levelled].mean()),
        "labelled_thin": float(len(thin)),
        "labelled_thin_found": float(np.mean([one.thin[i] for i in thin])) if thin else 0.0,
    }


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
    labels: Sequence[Label], rounds: Sequence[Round]
) -> dict[str, dict[str, float]]:
    told = {}
    for dimension in Dimension:
        i = [k for k, label in enumerate(labels) if dimension in label.dimensions]
        true = np.array([labels[k].dimensions[dimension] for k in i])
        rows = []
        for one in rounds:
            found = np.array([one.codes[k][dimension] for k in i])
            off = float(np.abs(true - found).mean())
            rows.append({"correlation": float(np.corrcoef(true, found)[0, 1]), "mae": off})
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
