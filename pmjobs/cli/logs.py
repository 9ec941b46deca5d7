"""Run logs on stderr as key=value or JSON lines; ad texts and profiles are never logged."""

import logging
import sys


def configure(level: str | None, *, as_json: bool) -> None:
    """Show the package's log records from `level` up; None shows none.

    The commands print their own results and messages, so nobody needs the log unless they ask.
    """
    ours = logging.getLogger("pmjobs")
    ours.propagate = False
    if level is None:
        ours.handlers = [logging.NullHandler()]
        return
    import structlog  # here: only those who ask for the log wait for it

    render: structlog.typing.Processor
    if as_json:
        render = structlog.processors.JSONRenderer()
    else:
        render = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    ours.handlers = [handler]
    ours.setLevel(level.upper())
