"""A level estimate as JSON and back, as `pmjobs level --output` writes and the store keeps it."""

from decimal import Decimal
from typing import Any

from pmjobs.ladder import Dimension, Evidence, Family, Level, LevelEstimate, SenseFound, Track
from pmjobs.posting import ExperienceYears, PayPeriod, Salary


def estimate_as_json(estimate: LevelEstimate) -> dict[str, Any]:
    """Return `estimate` as plain JSON values; `estimate_from_json` gives it back unchanged."""
    return {
        "family": str(estimate.family),
        "in_scope": estimate.in_scope,
        "track": estimate.track and str(estimate.track),
        "level": _rung(estimate.level),
        "level_low": _rung(estimate.level_low),
        "level_high": _rung(estimate.level_high),
        "likely_low": _rung(estimate.likely_low),
        "likely_high": _rung(estimate.likely_high),
        "probabilities": {str(int(k)): round(p, 6) for k, p in estimate.probabilities.items()},
        "abstained": estimate.abstained,
        "reason": estimate.reason,
        "title_level": _rung(estimate.title_level),
        "title_gap": estimate.title_gap,
        "experience_years": experience_as_json(estimate.experience_years),
        "salary": salary_as_json(estimate.salary),
        "senses": [found.sense for found in estimate.senses],
        "sense_quotes": [
            {"sense": s.sense, "quote": s.quote, "start": s.start, "end": s.end}
            for s in estimate.senses
        ],
        "dimensions": {str(d): anchor for d, anchor in estimate.dimensions.items()},
        "evidence": [_evidence_as_json(e) for e in estimate.evidence],
        "flags": list(estimate.flags),
        "model_id": estimate.model_id,
    }


def estimate_from_json(data: dict[str, Any]) -> LevelEstimate:
    """Return what `estimate_as_json` wrote; raises KeyError or ValueError on anything else."""
    return LevelEstimate(
        family=Family(data["family"]),
        track=Track(data["track"]) if data["track"] else None,
        level=_level(data["level"]),
        level_low=_level(data["level_low"]),
        level_high=_level(data["level_high"]),
        likely_low=_level(data.get("likely_low")),  # stored estimates of 0.1.0 lack it
        likely_high=_level(data.get("likely_high")),
        probabilities={Level(int(k)): float(p) for k, p in data["probabilities"].items()},
        abstained=data["abstained"],
        reason=data["reason"],
        title_level=_level(data["title_level"]),
        dimensions={Dimension(d): float(a) for d, a in data["dimensions"].items()},
        senses=tuple(SenseFound(**found) for found in data["sense_quotes"]),
        evidence=tuple(
            Evidence(**{**found, "dimension": Dimension(found["dimension"])})
            for found in data["evidence"]
        ),
        flags=tuple(data["flags"]),
        experience_years=experience_from_json(data["experience_years"]),
        salary=salary_from_json(data["salary"]),
        model_id=data["model_id"],
    )


def salary_as_json(salary: Salary | None) -> dict[str, Any] | None:
    """Return pay as JSON, amounts as numbers in main units; None stays None."""
    if salary is None:
        return None
    return {
        "currency": salary.currency,
        "minimum": _number(salary.minimum),
        "maximum": _number(salary.maximum),
        "period": salary.period and str(salary.period),
        "text": salary.text,
    }


def salary_from_json(data: dict[str, Any] | None) -> Salary | None:
    """Return the Salary that `salary_as_json` wrote."""
    if data is None:
        return None
    return Salary(
        currency=data["currency"],
        minimum=_decimal(data["minimum"]),
        maximum=_decimal(data["maximum"]),
        period=PayPeriod(data["period"]) if data["period"] else None,
        text=data["text"],
    )


def experience_as_json(years: ExperienceYears | None) -> dict[str, Any] | None:
    """Return years of experience as JSON; None stays None."""
    if years is None:
        return None
    return {"minimum": years.minimum, "maximum": years.maximum, "text": years.text}


def experience_from_json(data: dict[str, Any] | None) -> ExperienceYears | None:
    """Return the ExperienceYears that `experience_as_json` wrote."""
    return ExperienceYears(**data) if data else None


def _evidence_as_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "dimension": str(evidence.dimension),
        "anchor": evidence.anchor,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "contribution": evidence.contribution,
        "usual": evidence.usual,
    }


def _rung(level: Level | None) -> int | None:
    return None if level is None else int(level)


def _level(rung: int | None) -> Level | None:
    return None if rung is None else Level(rung)


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _decimal(amount: int | float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))
