"""An explanation as plain JSON values."""

from dataclasses import asdict
from typing import Any

from pmjobs.estimate_json import estimate_as_json
from pmjobs.explain import Explanation


def explanation_as_json(found: Explanation) -> dict[str, Any]:
    """Return all of an explanation: the ad's facts, the estimate, the senses, the groups."""
    posting = found.posting
    return {
        "id": posting.key,
        "title": posting.title,
        "employer": posting.employer,
        "location": [place.text for place in posting.locations],
        "url": posting.url,
        "attribution": posting.attribution,
        "title_words": found.title_words,
        "verdict": found.verdict,
        "notes": list(found.notes),
        "estimate": estimate_as_json(found.estimate),
        "senses": [asdict(line) for line in found.senses],
        "employer_group": _group(found.employer_group),
        "employer_inflation": found.employer_inflation and asdict(found.employer_inflation),
        "market_group": _group(found.market_group),
        "level_group": _group(found.level_group),
        "questions": [asdict(question) for question in found.questions],
        "contributions": found.contributions and asdict(found.contributions),
    }


def _group(found: Any) -> dict[str, Any] | None:
    return None if found is None else asdict(found) | {"enough": found.enough}
