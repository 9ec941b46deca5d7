"""How exactly an ad is cut into duties, requirements, package and boilerplate."""

from collections.abc import Callable, Iterable
from pathlib import Path

from pmjobs.level.sentence_labels import READINGS, read_annotated
from pmjobs.level.training import Material
from pmjobs.parsing.sections import Zone, sentences

# As annotated; headings are of no zone.
ZONES = {"d": Zone.DUTIES, "r": Zone.REQUIREMENTS, "p": Zone.PACKAGE, "b": Zone.BOILERPLATE}


def zone_accuracy(material: Material, find: Callable[[str], Path]) -> dict[str, float]:
    """Return the share of annotated sentences of real ads whose zone is found, and recalls."""
    ads = {label.ad.id: label.ad for label in material.labels}
    pairs = []
    seen = set()
    for reading in read_annotated(find(READINGS), ads):
        if reading.ad_id in seen:  # its second reading
            continue
        seen.add(reading.ad_id)
        cut = {s.start: s for s in sentences(ads[reading.ad_id].description)}
        for told in reading.sentences:
            here = cut.get(told.start)
            if here and not here.heading and told.zone in ZONES:
                pairs.append((ZONES[told.zone], here.zone))
    figures = {"n": float(len(pairs)), "accuracy": _share(a is b for a, b in pairs)}
    for zone in Zone:
        figures[f"{zone}_recall"] = _share(b is zone for a, b in pairs if a is zone)
        figures[f"{zone}_precision"] = _share(a is zone for a, b in pairs if b is zone)
    return figures


def _share(found: Iterable[bool]) -> float:
    answers = list(found)
    return sum(answers) / len(answers) if answers else 0.0
