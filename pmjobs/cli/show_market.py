"""A title's market in a terminal: a row a level, then a row a country and a row an employer."""

from collections.abc import Sequence

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pmjobs.cli.show import printable, rung, table
from pmjobs.market import Group, Market
from pmjobs.market.words import ads_words, group_words, interval_words, levels_words, price_words

BAR = 40  # characters of a share of 100 %


def market(found: Market) -> RenderableType:
    """Return a market: a row a level, then a row for each country and each employer."""
    everything = found.everything
    if not everything.enough:
        return Text(f"{printable(everything.name)}: {group_words(everything)}")
    parts: list[RenderableType] = [
        Text(f"{printable(everything.name)}: {ads_words(everything.n)}", style="bold"),
        _levels(everything),
        *(Text(f"  {told}") for told in price_words(everything)),
    ]
    if found.country is None:
        parts += _parts("country", found.by_country)
    parts += _parts("employer", found.by_employer)
    return Lines(*parts)


def _levels(found: Group) -> RenderableType:
    rows = [
        (
            rung(share.level),
            Text("█" * round(share.share * BAR), style="cyan"),
            f"{share.share:.0%}",
            interval_words(share),
            share.n,
        )
        for share in found.levels
    ]
    columns = ("level", "", ">share", "90 % interval", ">ads")
    return Padding(table(None, columns, rows), (0, 0, 0, 2))


def _parts(what: str, groups: Sequence[Group]) -> list[RenderableType]:
    """Return a row a group; those with too few ads are summed up in one."""
    enough = [found for found in groups if found.enough]
    few = [found for found in groups if not found.enough]
    rows: list[tuple[str | int | Text, ...]] = [
        (found.name, found.n, levels_words(found), "; ".join(price_words(found)))
        for found in enough
    ]
    if few:
        name = f"{len(few)} {'more ' if enough else ''}with too few to say"
        rows.append((name, sum(found.n for found in few), Text(""), Text("")))
    return [Text(""), _table(what, rows)] if rows else []


def _table(what: str, rows: Sequence[tuple[str | int | Text, ...]]) -> Table:
    columns = (f"by {what}", ">ads", "real levels (90 % interval)", "asked and paid")
    wanted = [i for i, _ in enumerate(columns) if i < 2 or any(row[i] for row in rows)]
    picked = ([row[i] for i in wanted] for row in rows)
    return table(None, [columns[i] for i in wanted], picked)
