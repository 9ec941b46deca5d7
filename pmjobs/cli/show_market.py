"""A title's market in a terminal: a row a level for all its ads, a row for each employer."""

from collections.abc import Sequence

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pmjobs.cli.show import printable, rung, table
from pmjobs.market import Group
from pmjobs.market.words import ads_words, group_words, interval_words, levels_words, price_words

BAR = 40  # characters of a share of 100 %


def market(groups: Sequence[Group]) -> RenderableType:
    """Return a market's groups, all of its ads first."""
    everything, employers = groups[0], groups[1:]
    if not everything.enough:
        return Text(f"{printable(everything.name)}: {group_words(everything)}")
    parts: list[RenderableType] = [
        Text(f"{printable(everything.name)}: {ads_words(everything.n)}", style="bold"),
        _levels(everything),
        *(Text(f"  {told}") for told in price_words(everything)),
    ]
    parts += _parts("employer", employers)
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
    rows: list[tuple[str | int | None, ...]] = [
        (found.name, found.n, levels_words(found), "; ".join(price_words(found)))
        for found in enough
    ]
    if few:
        name = f"{len(few)} {'more ' if enough else ''}with too few to say"
        rows.append((name, sum(found.n for found in few), None, None))
    return [Text(""), _table(what, rows)] if rows else []


def _table(what: str, rows: Sequence[tuple[str | int | None, ...]]) -> Table:
    columns = (f"by {what}", ">ads", "real levels (90 % interval)", "asked and paid")
    wanted = [i for i, _ in enumerate(columns) if i < 2 or any(row[i] for row in rows)]
    picked = ([row[i] for i in wanted] for row in rows)
    return table(None, [columns[i] for i in wanted], picked)
