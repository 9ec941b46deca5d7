"""One ad against one profile: everything pmjobs can say about it, as a record and as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from typing import Any

from pmjobs.compare.gaps import Gap, find_gaps
from pmjobs.compare.moves import Moved, find_moves, same_employer
from pmjobs.compare.pay import PayCompared, compare_pay
from pmjobs.compare.reading import AdReading, Importance
from pmjobs.compare.requirements import read_ad
from pmjobs.compare.score import Score, score_of
from pmjobs.compare.steps import bigger_work, find_steps
from pmjobs.compare.strengths import Strength, find_strengths
from pmjobs.compare.verdicts import Judged, Standing, judge
from pmjobs.compare.wishes import Wished, judge_wishes
from pmjobs.domain.moves import Move, Step, steps
from pmjobs.domain.skills import plain
from pmjobs.domain.titles import claim_of
from pmjobs.ladder import Level, LevelEstimate
from pmjobs.parsing import ad_lines
from pmjobs.parsing.salary import dollar_of
from pmjobs.posting import Posting
from pmjobs.profile import Profile
from pmjobs.questions import Question, questions_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What one ad asks of the reader and offers; every verdict with its sentence."""

    posting: Posting
    estimate: LevelEstimate
    score: Score
    moved: Moved
    steps: tuple[Step, ...]  # the one to show first at the front
    pay: PayCompared
    judged: tuple[Judged, ...]  # every requirement, in the order of the ad
    strengths: tuple[Strength, ...]
    gaps: tuple[Gap, ...]
    wished: tuple[Wished, ...]
    questions: tuple[Question, ...]
    ruled_out: str | None  # why the reader would not take it; None: nothing speaks against it

    @property
    def key(self) -> str:
        """The posting's identity."""
        return self.posting.key

    @property
    def move(self) -> Move:
        """The move shown first."""
        return self.moved.main

    @property
    def step(self) -> Step:
        """The kind of step shown first."""
        return self.steps[0]

    @property
    def saying(self) -> str:
        """What kind of step it is, for people; where there is no telling, or no step, why."""
        why = self.moved.reason or self.estimate.reason
        if self.step is Step.UNCLEAR and why:
            return why[0].upper() + why[1:]
        return steps()[self.step].say

    @property
    def outside(self) -> bool:
        """Whether this is no project work, as far as can be told."""
        return not self.estimate.in_scope and not self.estimate.abstained

    def standing(self, standing: Standing, importance: Importance) -> tuple[Judged, ...]:
        """Return the requirements of one importance that stand so."""
        return tuple(
            one
            for one in self.judged
            if one.standing is standing and one.requirement.importance is importance
        )


def compare(
    posting: Posting,
    estimate: LevelEstimate,
    profile: Profile,
    *,
    today: date,
    reading: AdReading | None = None,
) -> Comparison:
    """Return everything that can be said of one ad for one reader.

    `reading` saves reading the ad's text again; `today` dates the exchange rates.
    """
    if reading is None:
        reading = read_posting(posting)
    moved = find_moves(posting, estimate, profile, sector=reading.sector, agency=reading.agency)
    pay = compare_pay(
        posting,
        posting.base_salary or estimate.salary,
        profile.pay,
        level=estimate.level,
        own_level=profile.level,
        internal=bool(moved.internal),
        today=today,
    )
    judged = tuple(judge(one, profile, estimate.level) for one in reading.requirements)
    wished = judge_wishes(estimate, reading, profile, gain=pay.gain)
    ruled_out = _ruled_out(posting, profile, moved, reading)
    return Comparison(
        posting=posting,
        estimate=estimate,
        score=score_of(
            posting,
            estimate,
            profile,
            judged=judged,
            moved=moved,
            wished=wished,
            bigger=bigger_work(estimate, profile),
            fields=reading.fields,
            ruled_out=ruled_out,
        ),
        moved=moved,
        steps=find_steps(
            estimate,
            profile,
            step=moved.real_step,
            own_title=_title_level(profile),
            gain=pay.gain,
        ),
        pay=pay,
        judged=judged,
        strengths=find_strengths(judged, estimate, profile, posting.description or ""),
        gaps=find_gaps(judged, profile),
        wished=wished,
        questions=questions_for(posting, estimate),
        ruled_out=ruled_out,
    )


def read_posting(posting: Posting) -> AdReading:
    """Return what a posting's text says; the same for every reader."""
    return read_ad(posting.description, dollar=dollar_of(posting.country))


def rank(
    pairs: Iterable[tuple[Posting, LevelEstimate]],
    profile: Profile,
    *,
    today: date,
    readings: Iterable[AdReading | None] = (),
) -> list[Comparison]:
    """Return a comparison an ad, best first; ads that are ruled out stand last, with the reason.

    `readings`, in the order of `pairs`, save reading those ads' texts again.
    """
    known = chain(readings, repeat(None))
    found = [
        compare(posting, estimate, profile, today=today, reading=reading)
        for (posting, estimate), reading in zip(pairs, known, strict=False)
    ]
    return sorted(found, key=_place_in_order)


def _place_in_order(comparison: Comparison) -> tuple[bool, float, str]:
    return (comparison.ruled_out is not None, -comparison.score.total, comparison.key)


def _title_level(profile: Profile) -> Level | None:
    claim = claim_of(profile.title)
    return claim.level if claim else None


def _ruled_out(posting: Posting, profile: Profile, moved: Moved, reading: AdReading) -> str | None:
    """The first thing the reader has ruled out that the ad is, in words."""
    out = profile.out
    for employer in out.employers:
        if same_employer(posting.employer, employer):
            return f"you ruled out {employer}"
    if reading.sector in out.sectors:
        return f"you ruled out the sector {reading.sector}"
    if moved.main in out.moves:
        return f"you ruled out the move {moved.main}"
    if posting.remote and posting.remote.kind in out.places:
        return f"you ruled out {posting.remote.kind} work"
    text = plain(f"{posting.title}\n{posting.employer or ''}\n{posting.description or ''}")
    for word in out.words:
        if plain(word) in text:
            return f"you ruled out {word!r}"
    return None


def comparison_as_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain JSON values, as `pmjobs compare --output` writes it.

    "id" is the key by which the store finds the ad; of a line of --input, the id given in it.
    """
    estimate, pay, posting = comparison.estimate, comparison.pay, comparison.posting
    return {
        "id": posting.source_id if posting.source == ad_lines.SOURCE else posting.key,
        "title": comparison.posting.title,
        "employer": comparison.posting.employer,
        "score": comparison.score.total,
        "parts": [
            {"name": p.name, "points": p.points, "most": p.most, "why": p.why}
            for p in comparison.score.parts
        ],
        "capped": comparison.score.capped,
        "level": estimate.level and int(estimate.level),
        "level_low": estimate.level_low and int(estimate.level_low),
        "level_high": estimate.level_high and int(estimate.level_high),
        "real_step": comparison.moved.real_step,
        "move": str(comparison.move),
        "moves": [str(move) for move in comparison.moved.moves],
        "reason": comparison.moved.reason,
        "step_type": str(comparison.step),
        "step_types": [str(step) for step in comparison.steps],
        "pay": {"gain": pay.gain and round(pay.gain, 3), "note": pay.note},
        "must_have": _standings(comparison, Importance.ESSENTIAL),
        "nice_to_have": _standings(comparison, Importance.DESIRABLE),
        "strengths": [
            {
                "skill": s.name,
                "evidence": s.evidence,
                "proof": s.proof,
                "benefit": s.benefit,
                "builds": s.builds,
            }
            for s in comparison.strengths
        ],
        "gaps": [
            {
                "skill": g.name,
                "kind": str(g.kind),
                "importance": str(g.importance),
                "evidence": g.evidence,
                "advice": g.advice,
                "lead": g.lead,
                "note": g.note,
            }
            for g in comparison.gaps
        ],
        "characteristics": {w.characteristic: str(w.verdict) for w in comparison.wished},
        "characteristic_details": {
            w.characteristic: {"trend": w.trend, "quote": w.quote} for w in comparison.wished
        },
        "questions": [q.text for q in comparison.questions],
        "ruled_out": comparison.ruled_out,
    }


def _standings(comparison: Comparison, importance: Importance) -> dict[str, Any]:
    return {
        str(standing): [
            {
                "skill": one.name,
                "evidence": one.requirement.quote,
                "proof": one.proof,
                "note": one.note,
            }
            for one in comparison.standing(standing, importance)
        ]
        for standing in Standing
    }
