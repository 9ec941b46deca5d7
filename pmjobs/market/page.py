"""A market as an HTML fragment for notebooks: it loads nothing and runs nothing.

Names of employers come from ads: everything is escaped.
"""

from collections.abc import Sequence
from html import escape

from pmjobs.market.record import Group, Market, Share
from pmjobs.market.words import (
    ads_words,
    group_words,
    interval_words,
    levels_words,
    price_words,
)

MOST_PARTS = 25  # rows of countries or employers with ads enough; `Market.frame` has them all

_STYLE = """
.pmm{font:15px/1.5 system-ui,sans-serif;max-width:52rem;color:#1b1f24;background:#fff;padding:.5rem}
.pmm h2{margin:.2rem 0}.pmm h3{margin:1.2rem 0 .3rem}.pmm .few{color:#57606a}
.pmm .shares{display:grid;grid-template-columns:2.5rem 1fr 9rem 4rem;gap:.15rem .6rem}
.pmm .track{position:relative;height:1.1rem;align-self:center;background:#f3f5f8}
.pmm .bar{position:absolute;height:100%;background:#8fb5dc;border-radius:.15rem}
.pmm .span{position:absolute;top:50%;height:2px;margin-top:-1px;background:#1b3a5c}
.pmm td,.pmm th{text-align:left;padding:.15rem .9rem .15rem 0;vertical-align:top}
.pmm .n{text-align:right}
"""


def fragment(market: Market) -> str:
    """Return the market as an HTML fragment, styles included."""
    every = market.everything
    parts = [f"<style>{_STYLE}</style><div class='pmm'><h2>{escape(every.name)}</h2>"]
    if every.enough:
        parts.append(f"<p>Real levels of {ads_words(every.n)}; the line across a bar is the 90 % ")
        parts += ["interval of its share.</p>", _shares(every.levels), _price(every)]
        if market.country is None:
            parts.append(_parts("country", market.by_country))
        parts.append(_parts("employer", market.by_employer))
    else:
        parts.append(f"<p>{escape(group_words(every))}</p>")
    parts.append("<p class='few'>Levels are estimates of a model with model-annotated labels; ")
    parts.append("of fewer than five ads nothing is told.</p></div>")
    return "".join(parts)


def _shares(levels: Sequence[Share]) -> str:
    rows = "".join(
        f"<span>L{int(s.level)}</span><span class='track'>"
        f"<span class='bar' style='width:{s.share * 100:.1f}%'></span>"
        f"<span class='span' style='left:{s.low * 100:.1f}%;"
        f"width:{(s.high - s.low) * 100:.1f}%'></span></span>"
        f"<span>{s.share:.0%} ({interval_words(s)})</span><span class='n'>{ads_words(s.n)}</span>"
        for s in levels
    )
    return f"<div class='shares'>{rows}</div>"


def _price(found: Group) -> str:
    rows = "".join(f"<li>{escape(told)}</li>" for told in price_words(found))
    none = "<p class='few'>Too few of them state years or pay.</p>"
    return f"<h3>Asked and paid</h3>{f'<ul>{rows}</ul>' if rows else none}"


def _parts(what: str, groups: Sequence[Group]) -> str:
    """Return a row a group; those with too few ads are summed up in one."""
    enough = [found for found in groups if found.enough][:MOST_PARTS]
    rows = "".join(map(_part, enough))
    rest = groups[len(enough) :]
    if rest:
        more = f"{len(rest)} {'more' if enough else 'in all'}"
        told = "not shown" if any(found.enough for found in rest) else "too few to say"
        n = sum(found.n for found in rest)
        rows += f"<tr class='few'><td>{more}</td><td class='n'>{n}</td><td>{told}</td></tr>"
    head = "<th class='n'>ads</th><th>real levels (90 % interval)</th><th>asked and paid</th>"
    return f"<h3>By {what}</h3><table><tr><th></th>{head}</tr>{rows}</table>" if rows else ""


def _part(found: Group) -> str:
    told = (levels_words(found), "; ".join(price_words(found)))
    cells = "".join(f"<td>{escape(words)}</td>" for words in told)
    return f"<tr><td>{escape(found.name)}</td><td class='n'>{found.n}</td>{cells}</tr>"
