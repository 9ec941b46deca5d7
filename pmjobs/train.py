"""Make the level model from a labelled corpus: the same corpus gives the same bytes."""

import json
import logging
import platform
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pmjobs.ladder import IN_SCOPE
from pmjobs.level.artefact import save_model
from pmjobs.level.background import Background
from pmjobs.level.card import card_as_markdown
from pmjobs.level.corpus import INVENTED, Label, groups_of, levelled, read_corpus, read_invented
from pmjobs.level.reading import Reading, read
from pmjobs.level.training import (
    SEED,
    background_from,
    fit_recipe,
    mass_for_coverage,
    unseen_probabilities,
)
from pmjobs.places import shipped

logger = logging.getLogger(__name__)


def train(corpus: Path, out: Path, *, own: Sequence[Label] = ()) -> dict[str, Any]:
    """Train on `corpus` and the invented ads, write the model to `out`, return its card.

    `own` are labels that people gave; they count like those of the corpus.

    Raises SettingsError if the corpus cannot be read.
    """
    ads, labels = read_corpus(corpus, own=own)
    invented = [label for name in INVENTED for label in read_invented(shipped(name))]
    everything = list(ads.values())
    groups = dict(zip(ads, groups_of(everything), strict=True))
    groups |= {label.ad.id: f"invented: {label.ad.owner}" for label in invented}
    readings: dict[str, Reading] = {ad.id: read(ad.description) for ad in everything}
    readings |= {label.ad.id: read(label.ad.description) for label in invented}
    logger.info("train: %d ads read", len(readings))
    background = background_from(everything, readings, groups)
    probabilities = unseen_probabilities(labels, invented, readings, groups, background)
    truth = np.array([int(label.level or 0) for label in levelled(labels)])
    masses = (
        mass_for_coverage(probabilities, truth, 0.9),
        mass_for_coverage(probabilities, truth, 0.8),
    )
    recipe = fit_recipe([*labels, *invented], readings, groups, background)
    card = save_model(
        out,
        vocabulary=recipe.vocabulary,
        level=recipe.level,
        family=recipe.family,
        track=recipe.track,
        masses=masses,
        card=_card(labels, len(own), invented, groups, background),
    )
    (out / "CARD.md").write_text(card_as_markdown(card, _scores(out)), encoding="utf-8")
    return card


def _scores(folder: Path) -> dict[str, Any] | None:
    """The evaluation kept beside the model, where there is one."""
    try:
        scores: dict[str, Any] = json.loads((folder / "evaluation.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    return scores


def _card(
    labels: Sequence[Label],
    n_by_people: int,
    invented: Sequence[Label],
    groups: dict[str, str],
    background: Background,
) -> dict[str, Any]:
    told = levelled(labels)
    return {
        "labels": {
            "made_by": "a language model that applied the rubric ad by ad (model-annotated)",
            "n": len(labels),
            "by_people": n_by_people,
            "in_scope": sum(label.family in IN_SCOPE for label in labels),
            "levelled": len(told),
            "employers": len({groups[label.ad.id] for label in labels}),
            "per_level": {
                str(level): n
                for level, n in sorted(Counter(int(x.level or 0) for x in told).items())
            },
        },
        "invented": {"n": len(invented), "levelled": len(levelled(invented))},
        "background_ads": len(background.rows),
        "terms": len(background.vocabulary.terms),
        "seed": SEED,
        "versions": _versions(),
    }


def _versions() -> dict[str, str]:
    import scipy
    import sklearn

    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    }
