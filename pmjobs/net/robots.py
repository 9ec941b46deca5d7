"""What a host's robots.txt allows us, asked once a day and host.

RFC 9309: a robots.txt that does not exist (4xx) forbids nothing; one that cannot be reached
(5xx, no connection) is unknown. Unknown counts as "no" for APIs that are not documented for the
public and as "yes" for those that are.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from pmjobs.errors import FetchError, RefusedError

AGENT = "pmjobs"
DAY_S = 86_400.0
MAX_BYTES = 512_000  # RFC 9309 asks for at least 500 KiB; the rest is not read


@dataclass(frozen=True, slots=True)
class Rules:
    """One host's robots.txt."""

    text: str | None  # None: could not be read
    _parsed: Protego | None = None

    @classmethod
    def of(cls, text: str | None) -> "Rules":
        """Read a robots.txt; None stands for one that could not be reached."""
        return cls(text, None if text is None else Protego.parse(text))

    def check(self, url: str, *, documented: bool) -> None:
        """Raise RefusedError if the URL may not be asked for."""
        host = url.split("/")[2]
        if self._parsed is None:
            if not documented:
                raise RefusedError(
                    f"{host}: its robots.txt cannot be read and this API is not documented "
                    "for the public, so it is not asked; try again later"
                )
        elif not self._parsed.can_fetch(url, AGENT):
            raise RefusedError(f"{host}: its robots.txt forbids this address; remove the board")

    @property
    def delay_s(self) -> float | None:
        """The pause between two requests that the host asks for, if it does."""
        if self._parsed is None:
            return None
        delays: list[float] = []
        if (delay := self._parsed.crawl_delay(AGENT)) is not None:
            delays.append(delay)
        if (rate := self._parsed.request_rate(AGENT)) is not None and rate.requests > 0:
            delays.append(rate.seconds / rate.requests)
        return max(delays, default=None)


class Robots:
    """The robots.txt of every host of a run; each is asked for once, when first needed.

    `ask` gets a robots.txt URL and returns its text, "" if there is none.
    """

    def __init__(self, ask: Callable[[str], Awaitable[str]]) -> None:
        self._ask = ask
        self._rules: dict[str, Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def rules(self, origin: str) -> Rules:
        """Return the rules of an origin, "https://host:port"."""
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._rules:
                self._rules[origin] = await self._read(f"{origin}/robots.txt")
            return self._rules[origin]

    async def _read(self, url: str) -> Rules:
        try:
            return Rules.of(await self._ask(url))
        except RefusedError:  # about the host itself, not about its rules
            raise
        except FetchError:
            return Rules.of(None)


class AbsentRobots(httpx.AsyncBaseTransport):
    """Turns "there is no robots.txt" into an empty one, which the cache then keeps for a day."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass everything on but a 4xx answer for robots.txt; 429 asks us to wait and stays."""
        response = await self._inner.handle_async_request(request)
        absent = 400 <= response.status_code < 500 and response.status_code != 429
        if not absent or request.url.path != "/robots.txt":
            return response
        await response.aclose()
        return httpx.Response(200, stream=httpx.ByteStream(b""))

    async def aclose(self) -> None:
        """Close what lies below."""
        await self._inner.aclose()
