"""Ask each host slowly, for a limited time and size, and count what was asked.

This transport lies below the cache and the retries: an answer from the cache costs a host
nothing, a retry counts as a request.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from aiolimiter import AsyncLimiter

from pmjobs.errors import FetchError, RefusedError, WaitingError

ASKS_TO_WAIT = (429, 503)  # the statuses with which a host asks to be left alone
LONGEST_CRAWL_DELAY_S = 60.0  # a robots.txt that asks for more is read as this


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much and how often, at most."""

    wire_bytes: int = 32_000_000  # an answer as sent, compressed
    body_bytes: int = 64_000_000  # an answer unpacked
    connect_s: float = 10.0
    silence_s: float = 30.0  # without a byte
    deadline_s: float = 120.0  # a whole answer, however steadily it drips
    redirects: int = 5
    retries: int = 2  # after the first try
    backoff_s: float = 1.0  # doubles with each retry
    retry_after_s: float = 60.0  # a host that asks for a longer wait is left alone for the run
    hosts_at_once: int = 4
    requests_a_host: int = 5_000  # in one run


@dataclass(frozen=True, slots=True)
class Wait:
    """That a host asked to be left alone."""

    status: int
    seconds: float | None  # for how long; None: it did not say

    def __str__(self) -> str:
        asked = f", asked us to wait {self.seconds:.0f} s" if self.seconds else ""
        return f"answered HTTP {self.status}{asked}"


@dataclass(frozen=True, slots=True)
class HostCounts:
    """What one host was asked in a run."""

    requests: int = 0  # sent, retries and robots.txt included
    saved: int = 0  # answers that were used again: not asked for, or confirmed by a 304
    refused: int = 0  # not sent: robots.txt, address, budget, or the host asked to be left alone
    bytes_received: int = 0  # bodies as sent, before unpacking
    wait: Wait | None = None  # it asked to be left alone, and was for the rest of the run


@dataclass(frozen=True, slots=True)
class Counts(HostCounts):
    """What all hosts were asked in a run, and each of them."""

    hosts: dict[str, HostCounts] = field(default_factory=dict)


@dataclass(slots=True)
class Host:
    """What is known of one host during a run."""

    name: str
    limiter: AsyncLimiter
    counts: HostCounts = HostCounts()
    not_before: float = 0.0  # loop time


class Hosts:
    """The hosts of one run, each with its pace and its counts."""

    def __init__(self, limits: Limits, *, requests_per_second: float, public_rate: float) -> None:
        self._limits = limits
        self._rate = requests_per_second
        self._public_rate = public_rate
        self._hosts: dict[str, Host] = {}
        self._left_alone: Mapping[str, str] = {}

    def leave_alone(self, hosts: Mapping[str, str]) -> None:
        """Ask none of these hosts in this run; name → why."""
        self._left_alone = {**self._left_alone, **hosts}

    def of(self, url: httpx.URL) -> Host:
        """Return the host of a URL; a port other than the scheme's own makes another host."""
        name = url.host if url.port is None else f"{url.host}:{url.port}"
        if name not in self._hosts:
            on_loopback = url.host in ("localhost", "::1") or url.host.startswith("127.")
            rate = self._rate if on_loopback else min(self._rate, self._public_rate)
            self._hosts[name] = Host(name, AsyncLimiter(1, 1 / rate))
        return self._hosts[name]

    async def slow_down(self, host: Host, delay_s: float | None) -> None:
        """Take over the crawl delay of a robots.txt that has just been read."""
        if delay_s is not None and delay_s > host.limiter.time_period:
            host.limiter = AsyncLimiter(1, min(delay_s, LONGEST_CRAWL_DELAY_S))
            await host.limiter.acquire()  # the request for robots.txt itself was the first

    def check(self, host: Host) -> None:
        """Raise RefusedError if this host is not to be asked any more in this run."""
        if why := self._left_alone.get(host.name):
            raise WaitingError(f"{host.name}: {why}")
        if wait := host.counts.wait:
            raise WaitingError(f"{host.name}: {wait}; left alone for this run, try again later")
        if host.counts.requests >= self._limits.requests_a_host:
            raise RefusedError(
                f"{host.name}: {host.counts.requests} requests is enough for one run; "
                "the rest comes with the next"
            )

    def counts(self) -> Counts:
        """Return the counts so far."""
        each = {name: host.counts for name, host in self._hosts.items()}
        return Counts(
            requests=sum(counts.requests for counts in each.values()),
            saved=sum(counts.saved for counts in each.values()),
            refused=sum(counts.refused for counts in each.values()),
            bytes_received=sum(counts.bytes_received for counts in each.values()),
            hosts=each,
        )


class PacedTransport(httpx.AsyncBaseTransport):
    """Sends one request when its host's turn has come, within the limits."""

    def __init__(self, inner: httpx.AsyncBaseTransport, hosts: Hosts, limits: Limits) -> None:
        self._inner = inner
        self._hosts = hosts
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.hosts_at_once)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wait for the host's turn, then send; the answer's body keeps to the limits too."""
        host = self._hosts.of(request.url)
        loop = asyncio.get_running_loop()
        while (pause := host.not_before - loop.time()) > 0:
            await asyncio.sleep(pause)
        await host.limiter.acquire()
        self._hosts.check(host)
        # Meant for our cache; passed on, it would make a host's own caches do the work again.
        request.headers.pop("cache-control", None)
        await self._slots.acquire()  # after the waiting: who waits takes nobody's place
        deadline = loop.time() + self._limits.deadline_s
        try:
            host.counts = replace(host.counts, requests=host.counts.requests + 1)
            try:
                async with asyncio.timeout_at(deadline):
                    response = await self._inner.handle_async_request(request)
            except TimeoutError:
                raise self._too_slow(host) from None
            self._heed(host, response)
        except BaseException:
            self._slots.release()
            raise
        response.stream = _Wire(response, self, host, deadline)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    def _heed(self, host: Host, response: httpx.Response) -> None:
        if response.status_code not in ASKS_TO_WAIT:
            return
        if (wait := retry_after_s(response.headers.get("retry-after"))) is None:
            return
        if wait > self._limits.retry_after_s:
            raise FetchError(
                f"{host.name}: HTTP {response.status_code}, and asks us to wait {wait:.0f} s; "
                "try again after that",
                status=response.status_code,
                retry_after_s=wait,
            )
        host.not_before = asyncio.get_running_loop().time() + wait

    def _too_slow(self, host: Host) -> FetchError:
        return FetchError(
            f"{host.name}: not done after {self._limits.deadline_s:g} s; try again later"
        )

    def _too_large(self, host: Host) -> FetchError:
        return FetchError(
            f"{host.name}: an answer of more than {self._limits.wire_bytes:,} bytes; "
            "narrow the board down"
        )


class _Wire(httpx.AsyncByteStream):
    """A body that is counted, may not grow too large and must come in time."""

    def __init__(
        self, response: httpx.Response, transport: PacedTransport, host: Host, deadline: float
    ) -> None:
        assert isinstance(response.stream, httpx.AsyncByteStream)
        self._stream = response.stream
        self._declared = response.headers.get("content-length", "")
        self._transport = transport
        self._host = host
        self._deadline = deadline
        self._closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        limit = self._transport._limits.wire_bytes
        if self._declared.isdecimal() and int(self._declared[:20]) > limit:
            raise self._transport._too_large(self._host)
        received = 0
        chunks = aiter(self._stream)
        while True:
            try:
                async with asyncio.timeout_at(self._deadline):
                    chunk = await anext(chunks)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise self._transport._too_slow(self._host) from None
            received += len(chunk)
            counts = self._host.counts
            self._host.counts = replace(counts, bytes_received=counts.bytes_received + len(chunk))
            if received > limit:
                raise self._transport._too_large(self._host)
            yield chunk

    async def aclose(self) -> None:
        if not self._closed:
            self._closed = True
            self._transport._slots.release()
            await self._stream.aclose()


def retry_after_s(header: str | None) -> float | None:
    """Return the seconds a Retry-After header asks for, or None if it says nothing readable.

    >>> retry_after_s("120")
    120.0
    >>> retry_after_s("soon")
    """
    if header is None:
        return None
    header = header.strip()
    if header.isascii() and header.isdecimal():
        return float(header[:9])
    try:
        moment = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
