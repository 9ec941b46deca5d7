"""An explanation as HTML: a fragment for notebooks, a self-contained page for `--html`.

Ad text is hostile: everything is escaped, and the page loads nothing and runs nothing.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from pmjobs.ladder import Evidence, LevelEstimate
from pmjobs.market import Group, Inflation, group_words, inflation_words
from pmjobs.posting import Posting

if TYPE_CHECKING:
    from pmjobs.explain import Explanation

_STYLE = """
.pmj{font:15px/1.5 system-ui,sans-serif;max-width:50rem;color:#1b1f24;background:#fff;padding:.5rem}
.pmj h2{margin:.2rem 0}.pmj h3{margin:1.2rem 0 .3rem}.pmj .answer{font-size:1.15rem;
border-left:.3rem solid #2b6cb0;padding:.2rem .8rem;background:#f0f5fb}
.pmj .bars{display:grid;grid-template-columns:2.5rem 1fr 3.5rem;gap:.15rem .5rem;max-width:26rem}
.pmj .bar{background:#2b6cb0;height:1rem;border-radius:.15rem;align-self:center}
.pmj mark{background:#ffe9a8;border-bottom:2px solid #d39e00}
.pmj q{font-style:italic}.pmj .few{color:#57606a}
.pmj .text{white-space:pre-wrap;border:1px solid #d0d7de;padding:.8rem;border-radius:.3rem}
.pmj td,.pmj th{text-align:left;padding:.15rem .9rem .15rem 0;vertical-align:top}
"""


def page(explanation: "Explanation") -> str:
    """Return one self-contained HTML page: no script, no style sheet, no image from elsewhere."""
    title = escape(explanation.posting.title)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f'<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
        f"<body>{fragment(explanation)}</body></html>\n"
    )


def fragment(explanation: "Explanation") -> str:
    """Return the explanation as an HTML fragment, styles included."""
    posting, estimate = explanation.posting, explanation.estimate
    parts = [
        f"<style>{_STYLE}</style><div class='pmj'><h2>{escape(posting.title)}</h2>",
        f"<p>{escape(posting.employer or 'employer not stated')}",
        f" · {escape('; '.join(p.text for p in posting.locations) or 'place not stated')}</p>",
        f"<p class='answer'>{escape(_capital(explanation.verdict))}.</p>",
    ]
    if estimate.title_level:
        claim = escape(explanation.title_words or posting.title)
        parts.append(f"<p>The title (“{claim}”) claims L{int(estimate.title_level)}.</p>")
    if estimate.probabilities and estimate.level:
        parts.append(_bars(estimate))
    if explanation.notes:
        told = "".join(f"<li>{escape(note)}</li>" for note in explanation.notes)
        parts.append(f"<ul class='notes'>{told}</ul>")
    parts.append(_evidence_table(estimate))
    parts.append(_senses(explanation))
    groups = (explanation.employer_group, explanation.market_group, explanation.level_group)
    parts.append(_groups([g for g in groups if g is not None], explanation.employer_inflation))
    if explanation.questions:
        asked = "".join(f"<li>{escape(q.text)}</li>" for q in explanation.questions)
        parts.append(f"<h3>Not said: ask</h3><ul>{asked}</ul>")
    if posting.description:
        marked = highlighted(posting.description, estimate.evidence)
        parts.append(
            f"<h3>The ad, with the lines that decided</h3><div class='text'>{marked}</div>"
        )
    parts.append(_origin(posting))
    parts.append(f"<p class='few'>Model {escape(estimate.model_id)}; its labels are ")
    parts.append("model-annotated. For one reader ranking ads; never for ranking people.</p></div>")
    return "".join(parts)


def highlighted(text: str, evidence: Iterable[Evidence]) -> str:
    """Return `text` escaped, with each evidence span in a mark that names what it shows."""
    done, at = [], 0
    for span in sorted(evidence, key=lambda e: (e.start, -e.end)):
        if span.start < at:
            continue  # inside a span already marked
        label = escape(f"{span.dimension} {span.anchor:g}", quote=True)
        done.append(escape(text[at : span.start]))
        done.append(f"<mark title='{label}'>{escape(text[span.start : span.end])}</mark>")
        at = span.end
    return "".join([*done, escape(text[at:])])


def _bars(estimate: LevelEstimate) -> str:
    from pmjobs.explain import likely_words

    rows = "".join(
        f"<span>L{int(level)}</span><span class='bar' style='width:{share * 100:.0f}%'></span>"
        f"<span>{share:.0%}</span>"
        for level, share in sorted(estimate.probabilities.items())
    )
    likely = likely_words(estimate)
    told = f"<p class='few'>{escape(likely)}</p>" if likely else ""
    return f"<h3>Which level is the work?</h3><div class='bars'>{rows}</div>{told}"


def _evidence_table(estimate: LevelEstimate) -> str:
    from pmjobs.explain import quoted_lines

    rows = "".join(
        f"<tr><td>{escape(line.shown)}</td><td>{line.pull}</td>"
        f"<td><q>{escape(line.quote)}</q></td></tr>"
        for line in quoted_lines(estimate)
    )
    head = "<tr><th>shows (0 to 4)</th><th>pulls</th><th>words</th></tr>"
    return f"<h3>What it rests on</h3><table>{head}{rows}</table>" if rows else ""


def _senses(explanation: "Explanation") -> str:
    if not explanation.senses:
        return ""
    rows = "".join(
        f"<tr><td>{escape(line.sense)}</td><td>{escape(line.meaning)}</td>"
        f"<td>{f'<q>{escape(line.quote)}</q>' if line.quote else ''}</td></tr>"
        for line in explanation.senses
    )
    return f"<h3>Senses of “senior” in it</h3><table>{rows}</table>"


def _groups(groups: Sequence[Group], habit: Inflation | None) -> str:
    rows = "".join(f"<tr><td>{escape(g.name)}</td><td>{_group_text(g)}</td></tr>" for g in groups)
    if habit:
        name, words = escape(habit.employer), escape(inflation_words(habit))
        rows += f"<tr><td>{name}</td><td>{words}</td></tr>"
    return f"<h3>Against other stored ads</h3><table>{rows}</table>" if rows else ""


def _group_text(found: Group) -> str:
    words = escape(group_words(found))
    return words if found.enough else f"<span class='few'>{words}</span>"


def _origin(posting: Posting) -> str:
    told = [escape(posting.attribution)] if posting.attribution else []
    if posting.url and posting.url.startswith(("https://", "http://")):
        link = escape(posting.url, quote=True)
        told.append(f"<a rel='noreferrer' href='{link}'>{escape(posting.url)}</a>")
    return f"<p class='few'>{' · '.join(told)}</p>" if told else ""


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
