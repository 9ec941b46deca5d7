"""A model's card for people."""

from typing import Any

# What of an evaluation the card tells; one of an older pmjobs that lacks a part is not told.
TOLD = (
    *("arms", "sets", "evidence", "scope", "calibration", "n_ads", "n_employers", "seeds"),
    *("per_level", "abstention", "directions", "leaks", "learning", "twice_the_labels"),
)


def card_as_markdown(card: dict[str, Any], scores: dict[str, Any] | None = None) -> str:
    """Return the card in Markdown, written by the training run itself.

    `scores` is the JSON of the last `pmjobs evaluate`, for the table; None: no table.
    """
    labels, more, invented, sentences = (
        card[name] for name in ("labels", "more", "invented", "sentences")
    )
    levels = ", ".join(f"L{level}: {n}" for level, n in labels["per_level"].items())
    versions = ", ".join(f"{name} {version}" for name, version in card["versions"].items())
    n_people = labels["by_people"]
    people = f"\n- {n_people} of the labels come from people who read blind." if n_people else ""
    return f"""# Level model {card["model_id"]}

Reads the duties and requirements of an ad for project work and estimates its real level, L1 to L7,
with the sentences it rests on. It never reads the title, the employer or the benefits.

## What it was taught with
- {labels["n"]} real ads of {labels["employers"]} employers, labels {labels["made_by"]};
  {labels["in_scope"]} of them project work, {labels["levelled"]} with a level ({levels}).
- {more["n"]} further ads of the same employers ({more["levelled"]} with a level), labelled alike,
  of which no score tells.
- {invented["n"]} invented ads ({invented["levelled"]} with a level), for the rare levels.{people}
- {sentences["n"]} annotated sentences of duties and requirements, {sentences["invented"]} of them
  invented; annotated by a language model too, blind to level and title.
- {card["background_ads"]} ads without a label: their words, and what work and rank their
  titles name.
No ad is kept in these files; the vocabulary holds {card["terms"]} words and pairs of words.

## How good it is
Scores beside baselines, with intervals, on employers it had not seen: `evaluation.json`, written by
`pmjobs evaluate`. The labels are model-annotated, so the scores say how well it follows the rubric
as that annotator read it.
{_table(scores) if scores and all(part in scores for part in TOLD) else ""}
## Limits
- English ads only. L1, L6 and L7 rest on few real ads.
- Thin ads get no level. Ads that tell their duties only through requirements are read less surely.
- Levels are this project's rubric, not anybody's grade.
- The recipe was chosen on the same ads that measure it: on others expect a little less.
- Whether an ad is project work at all is told less surely than its level.

## What it must not be used for
pmjobs serves one person who ranks ads for himself or herself. It must never be used to rank,
select or pay people, nor to grade posts inside a firm.

## How to make it again
`pmjobs train --corpus FOLDER --out models/level`, seed {card["seed"]}, {versions}.
"""


def _table(scores: dict[str, Any]) -> str:
    """The arms and baselines of an evaluation as a Markdown table."""
    names = ("qwk", "macro_f1", "accuracy", "within_1", "mae", "log_loss")
    head = "| arm | QWK | 95 % | macro-F1 | exact | within 1 | MAE | log loss |"
    rows = []
    for arm, found in scores["arms"].items():
        qwk, *others = (f"{found['mean'][name]:.3f}" for name in names)
        low, high = found["qwk_interval"]
        rows.append(f"| {arm} | {qwk} | {low:.2f} to {high:.2f} | {' | '.join(others)} |")
    sets, evidence, calibration = scores["sets"]["90"], scores["evidence"], scores["calibration"]
    return "\n".join(
        (
            "",
            f"{scores['n_ads']} levelled ads of {scores['n_employers']} employers, grouped folds "
            f"drawn {scores['seeds']} times:",
            "",
            head,
            "|---" * 8 + "|",
            *rows,
            "",
            f"Sets meant to hold the level in 90 %: they hold it in {sets['coverage']:.1%}, "
            f"{sets['width']:.2f} levels wide. Project work or not: "
            f"F1 {scores['scope']['f1']:.3f}. Calibration error {calibration['ece']:.3f}; "
            f"exactly right probabilities would show {calibration['ece_by_chance']:.3f} on so few "
            "ads.",
            "",
            "Evidence: without its three first quotes the level's probability falls by "
            f"{evidence['comprehensiveness']:.3f}, without three random sentences as long by "
            f"{evidence['comprehensiveness_random']:.3f}; with the five first quotes alone by "
            f"{evidence['sufficiency']:.3f}, with five random ones by "
            f"{evidence['sufficiency_random']:.3f}.",
            "",
            *_further(scores),
            "",
        )
    )


def _further(scores: dict[str, Any]) -> tuple[str, ...]:
    """What else an evaluation tells, a paragraph each."""
    levels = ", ".join(
        f"L{level} {found['f1']:.2f} ({found['n']:.0f} ads)"
        for level, found in scores["per_level"].items()
        if found["n"]
    )
    silent, leaks, twice = (scores[name] for name in ("abstention", "leaks", "twice_the_labels"))
    falls = ", ".join(
        f"{found['level_fell']:.1%} ({name})" for name, found in scores["directions"].items()
    )
    least, most = (scores["learning"][place] for place in (0, -1))
    return (
        f"F1 of each level: {levels}.",
        "",
        f"Nothing would be said of {silent['levelled_thin'] + silent['levelled_unsure']:.1%} of "
        f"the ads with a level, and of {silent['labelled_thin_found']:.0%} of the "
        f"{silent['labelled_thin']:.0f} that are labelled as saying too little.",
        "",
        "A larger figure written into each ad must not lower its level; of all such steps it did "
        f"so in {falls}.",
        "",
        f"Leaks: with levels dealt out by chance QWK is {leaks['shuffled_labels_qwk']:.2f}. "
        f"{leaks['title_in_counted_text']:.0%} of the ads still hold their title, or its words "
        "that claim a level, in what is read: where it names other people's posts or asks for "
        "experience in such a post, it is evidence and stays.",
        "",
        f"With {least['employers']:.0f} employers to learn from QWK is {least['qwk']:.3f}, with "
        f"{most['employers']:.0f} it is {most['qwk']:.3f}; going on so, {twice['employers']:.0f} "
        f"would make it {twice['qwk']:.3f}.",
    )
