"""An ad's reading as JSON and back, so that it can be kept beside the ad and read only once."""

from decimal import Decimal
from typing import Any

from pmjobs.compare.reading import AdReading, Cue, Importance, Kind, Requirement
from pmjobs.domain.characteristics import Verdict


def reading_as_json(reading: AdReading) -> dict[str, Any]:
    """Return `reading` as plain JSON values; `reading_from_json` gives it back unchanged."""
    return {
        "requirements": [
            [
                r.kind, r.importance, r.text, r.quote, r.start, r.end, list(r.skills),
                r.equivalent, r.years, r.managing,
                None if r.amount is None else str(r.amount), r.currency, r.team,
            ]
            for r in reading.requirements
        ],
        "cues": [[c.characteristic, c.verdict, c.quote, c.start, c.end] for c in reading.cues],
        "sector": reading.sector,
        "fields": list(reading.fields),
        "agency": reading.agency,
    }  # fmt: skip


def reading_from_json(data: dict[str, Any]) -> AdReading:
    """Return what `reading_as_json` wrote; raises KeyError, TypeError or ValueError on others."""
    return AdReading(
        requirements=tuple(map(_requirement, data["requirements"])),
        cues=tuple(Cue(c, Verdict(v), quote, a, b) for c, v, quote, a, b in data["cues"]),
        sector=data["sector"],
        fields=tuple(data["fields"]),
        agency=data["agency"],
    )


def _requirement(row: list[Any]) -> Requirement:
    kind, importance, text, quote, start, end, skills, equivalent, years, managing, *size = row
    amount, currency, team = size
    return Requirement(
        kind=Kind(kind),
        importance=Importance(importance),
        text=text,
        quote=quote,
        start=start,
        end=end,
        skills=tuple(skills),
        equivalent=equivalent,
        years=years,
        managing=managing,
        amount=None if amount is None else Decimal(amount),
        currency=currency,
        team=team,
    )
