"""How good the level model is on employers it has never seen, beside its baselines.

Grouped cross-validation over the labels at hand; every arm and baseline on the same folds in the
same run; then what the evidence is worth, where the model leaks, what more labels would bring.
The labels are model-annotated; so are the figures.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from pmjobs.evaluate.faithful import Faithfulness
from pmjobs.evaluate.leaks import leaks
from pmjobs.evaluate.learning import learning_curve
from pmjobs.evaluate.report import Evaluation, Trials, report_as_json, report_of
from pmjobs.evaluate.rounds import Study, round_of
from pmjobs.evaluate.zones import zone_accuracy
from pmjobs.level.corpus import Label
from pmjobs.level.training import SEED, read_material
from pmjobs.places import shipped

__all__ = ["Evaluation", "evaluate", "report_as_json"]


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
    study = Study(read_material(corpus, shipped, own=own))
    say(f"{len(study.labels)} labelled ads, {len(set(study.owners))} employers")
    faithfulness = Faithfulness(study)
    rounds = []
    for seed in range(seeds):
        watch = faithfulness.watch if seed == 0 else None
        rounds.append(round_of(study, SEED + seed, watch))
        say(f"folds drawn {seed + 1} of {seeds} times")
    trials = Trials(
        evidence=faithfulness.evidence(),
        directions=faithfulness.directions(),
        leaks=leaks(study, SEED),
        learning=learning_curve(study, SEED, say),
        zones=zone_accuracy(study.material, shipped),
    )
    return report_of(study, rounds, trials)
