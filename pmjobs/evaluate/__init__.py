"""How good the level model is on employers it has never seen, beside its baselines.

Grouped cross-validation over the labels at hand; every arm and baseline on the same folds in the
same run; then what the evidence is worth, where the model leaks, what more labels would bring.
The labels are model-annotated; so are the figures.
"""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from pmjobs.errors import PmjobsError
from pmjobs.evaluate.faithful import Faithfulness
from pmjobs.evaluate.leaks import leak_figures
from pmjobs.evaluate.learning import SHARES, taught_by
from pmjobs.evaluate.report import Evaluation, Trials, report_as_json, report_of
from pmjobs.evaluate.rounds import Round, Study, round_of
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
    n_jobs: int = 1,
    say: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Measure the recipe on `corpus` with `seeds` draws of five folds.

    `own` are labels that people gave; they count like those of the corpus. The figures are the
    same on any number of processes `n_jobs`.

    Raises SettingsError if the corpus cannot be read, PmjobsError without the extra `train`.
    """
    if find_spec("mord") is None:
        raise PmjobsError("evaluate needs mord, one of its baselines: pip install 'pmjobs[train]'")
    study = Study(read_material(corpus, shipped, own=own))
    say(f"{len(study.labels)} labelled ads, {len(set(study.owners))} employers")
    tasks = [
        *(delayed(_draw)(study, SEED + seed, tried=seed == 0) for seed in range(seeds)),
        delayed(leak_figures)(study, SEED),
        *(delayed(taught_by)(study, SEED, share) for share in SHARES),
    ]
    found = []
    for part in Parallel(n_jobs=n_jobs, return_as="generator")(tasks):
        found.append(part)
        say(f"{len(found)} of {len(tasks)} parts done")
    drawn, (leaks, *learning) = found[:seeds], found[seeds:]
    faithfulness = drawn[0][1]
    trials = Trials(
        evidence=faithfulness.evidence(),
        directions=faithfulness.directions(),
        leaks=leaks,
        learning=learning,
        zones=zone_accuracy(study.material, shipped),
    )
    return report_of(study, [one for one, _ in drawn], trials)


def _draw(study: Study, seed: int, *, tried: bool) -> tuple[Round, Faithfulness]:
    """One draw of folds; where `tried`, the evidence of its models is tried too."""
    faithfulness = Faithfulness(study)
    with threadpool_limits(1):  # threads of two libraries would wait for each other
        return round_of(study, seed, faithfulness.watch if tried else None), faithfulness
