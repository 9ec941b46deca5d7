"""A progress bar on stderr for work that takes a while; silent where nobody watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


def made() -> Progress:
    """Return a progress display on stderr that vanishes when it is done."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )


@contextmanager
def bar(what: str) -> Iterator[Callable[[int], None]]:
    """Yield `advance(n)`, to be called when `n` more are done, of a number not known before."""
    with made() as progress:
        task = progress.add_task(what, total=None)
        yield lambda n: progress.advance(task, n)
