"""Every error pmjobs raises on purpose. Messages say where, what is wrong, what to do."""


class PmjobsError(Exception):
    """Base class. The command line prints it as one line, without a traceback."""


class SettingsError(PmjobsError):
    """A file the user wrote (sources.toml, a profile) cannot be used as it stands."""


class FetchError(PmjobsError):
    """A source answered with something other than ads. Never the same as "no ads".

    `status` is the HTTP status where there was one, `retry_after_s` what the host asked for.
    """

    def __init__(
        self, message: str, *, status: int | None = None, retry_after_s: float | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after_s = retry_after_s


class RefusedError(FetchError):
    """We refused to ask: robots.txt forbids it, the address is private, the budget is spent."""


class WaitingError(RefusedError):
    """We refused to ask because the host wants to be left alone for now; no fault of a board."""


class ParseError(PmjobsError):
    """One ad could not be read. The ad is skipped and counted; the run goes on."""

    def __init__(self, source_id: str, field: str, problem: str) -> None:
        super().__init__(f"{source_id}: {field}: {problem}")
        self.source_id = source_id
        self.field = field
        self.problem = problem


class StoreError(PmjobsError):
    """The store cannot be opened, read or written; nothing was half written."""


class BusyError(StoreError):
    """Another run is at work on this store; this one has nothing to do and did nothing."""


class ArtefactError(PmjobsError):
    """A trained model cannot be used here; the message says what to do."""


class ProfileError(SettingsError):
    """A profile cannot be read; the message names the place and the remedy."""
