"""A report on its way out: to the terminal, or to files."""

from pathlib import Path

from pmjobs.cli import options
from pmjobs.cli.files import writing
from pmjobs.compare.document import Document, as_html, as_markdown, as_text


def put_out(document: Document, *, markdown: Path | None, html: Path | None) -> None:
    """Write `document` to the files that are named; to standard output where none is."""
    if markdown is None and html is None:
        print(as_text(document), end="")
    if markdown is not None:
        write(markdown, as_markdown(document))
    if html is not None:
        write(html, as_html(document))


def write(path: Path, content: str) -> None:
    """Write a file that appears whole or not at all, and say so."""
    with writing(path) as out:
        out.write(content)
    if str(path) != "-":
        options.say(f"written: {path}")
