"""Make the level model from a labelled corpus: the same corpus gives the same bytes."""

import json
import logging
import platform
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from pmjobs.ladder import IN_SCOPE
from pmjobs.level.artefact import save_model
from pmjobs.level.card import card_as_markdown
from pmjobs.level.corpus import Label, levelled
from pmjobs.level.training import (
    SEED,
    Material,
    fit_recipe,
    mass_for_coverage,
    read_material,
    unseen_probabilities,
)
from pmjobs.places import shipped

logger = logging.getLogger(__name__)


def train(corpus: Path, out: Path, *, own: Sequence[Label] = ()) -> dict[str, Any]:
    """Train on `corpus` and the invented ads, write the model to `out`, return its card.

    `own` are labels that people gave; they count like those of the corpus.

    Raises SettingsError if the corpus cannot be read.
    """
    material = read_material(corpus, shipped, own=own)
    logger.info("train: %d ads read", len(material.readings))
    with threadpool_limits(1):  # a second thread would only wait, and sums in another order
        probabilities = unseen_probabilities(material)
        recipe = fit_recipe(material)
    truth = np.array([int(label.level or 0) for label in levelled(material.labels)])
    masses = (
        mass_for_coverage(probabilities, truth, 0.9),
        mass_for_coverage(probabilities, truth, 0.8),
    )
    card = save_model(
        out,
        vocabulary=recipe.vocabulary,
        level=recipe.level,
        work=recipe.work,
        masses=masses,
        card=_card(material, len(own)),
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


def _card(material: Material, n_by_people: int) -> dict[str, Any]:
    labels, groups, lessons = material.labels, material.groups, material.lessons
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
        "more": {"n": len(material.more), "levelled": len(levelled(material.more))},
        "invented": {
            "n": len(material.invented),
            "levelled": len(levelled(material.invented)),
        },
        "sentences": {
            "n": len(lessons.groups),
            "invented": sum(g == "" or g.startswith("invented: ") for g in lessons.groups.tolist()),
        },
        "background_ads": len(material.background.rows),
        "terms": len(lessons.vocabulary.terms),
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
