"""The polite client that sources get: one method to get a document, one to post JSON."""

import json
import logging
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import anysqlite
import httpcore
import httpx
from hishel import AsyncSqliteStorage, CacheOptions, Entry
from hishel.httpx import AsyncCacheTransport
from httpx_retries import Retry, RetryTransport

from pmjobs.errors import FetchError, RefusedError
from pmjobs.net.body import ACCEPTED, read_body
from pmjobs.net.guard import LOOPBACK, GuardedBackend
from pmjobs.net.pace import (
    ASKS_TO_WAIT,
    Counts,
    Hosts,
    Limits,
    PacedTransport,
    Wait,
    retry_after_s,
)
from pmjobs.net.robots import DAY_S, MAX_BYTES, AbsentRobots, Robots
from pmjobs.posting import Document
from pmjobs.settings import MAX_PUBLIC_RATE, Network

logger = logging.getLogger(__name__)

REDIRECTS = (301, 302, 303, 307, 308)
RETRIED = (429, 500, 502, 503, 504)
CACHE_BYTES = 1_000_000_000  # the file of earlier answers grows no further

Params = Mapping[str, str | int]


class Client:
    """Asks hosts for documents, politely; use it as `async with Client(...) as client`.

    `cache` is the file of earlier answers, None for memory. `guard` and `limits` are for tests.

    >>> import asyncio
    >>> async def ask() -> None:
    ...     async with Client(Network()) as client:
    ...         await client.get("http://127.0.0.1:8000/boards/acme")
    >>> asyncio.run(ask())  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    pmjobs.errors.RefusedError: 127.0.0.1: is this machine; set allow_loopback = true ...
    """

    def __init__(
        self,
        network: Network,
        *,
        cache: Path | None = None,
        limits: Limits | None = None,
        guard: GuardedBackend | None = None,
    ) -> None:
        self._cache = cache
        self._limits = limits or Limits()
        self._guard = guard or GuardedBackend(allow=LOOPBACK if network.allow_loopback else ())
        self._agent = user_agent(network.contact)
        self._hosts = Hosts(
            self._limits,
            requests_per_second=network.requests_per_second,
            public_rate=MAX_PUBLIC_RATE,
        )
        self._robots = Robots(self._robots_txt)
        self._transport: AsyncCacheTransport | None = None
        self._uncached: httpx.AsyncBaseTransport | None = None
        self._cache_works = True

    async def __aenter__(self) -> Self:
        connection = await _open_cache(self._cache)
        storage = NewestOnly(
            connection=connection,
            max_size=CACHE_BYTES,
            max_stream_size=self._limits.wire_bytes,
        )
        paced = PacedTransport(_network(self._guard), self._hosts, self._limits)
        self._uncached = AbsentRobots(RetryTransport(paced, retry=self._retry()))
        # shared=False: an answer marked "private" may be kept, since nobody else reads this cache
        self._transport = AsyncCacheTransport(
            self._uncached, storage=storage, rfc=CacheOptions(shared=False)
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._transport is not None:
            await self._transport.aclose()
            self._transport = self._uncached = None

    @property
    def counts(self) -> Counts:
        """What has been asked so far, in all and by host."""
        return self._hosts.counts()

    def leave_alone(self, hosts: Mapping[str, str]) -> None:
        """Ask none of these hosts, as `counts` names them; name → why, for the message."""
        self._hosts.leave_alone(hosts)

    async def get(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        documented: bool = True,
        permitted: bool = False,
    ) -> Document:
        """Return what lies at `url`, asked for anew; a host that confirms the copy in the
        cache (304) sends no body.

        `documented=False` is for APIs that their owner does not describe for the public: they
        are asked only if robots.txt can be read and allows it. `permitted=True` says that the
        user has the host's own leave, so that robots.txt, which speaks to strangers, is not
        asked. Redirects are followed, each with the same checks. Raises RefusedError if we may
        not ask, FetchError if the answer is anything but a whole document.

        With the header "cache-control: no-store" neither request nor answer is written to the
        cache; for requests that carry a key.
        """
        target = _url(url).copy_merge_params(dict(params or {}))
        return await self._ask(
            "GET", target, None, dict(headers or {}), documented=documented, permitted=permitted
        )

    async def post_json(
        self,
        url: str,
        body: Any,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        documented: bool = True,
    ) -> Document:
        """Return the answer to a JSON question; for interfaces that are read by POST.

        Raises as `get` does; a redirect is an error here.
        """
        target = _url(url).copy_merge_params(dict(params or {}))
        content = json.dumps(body).encode()
        wanted = {"content-type": "application/json", **(headers or {})}
        return await self._ask("POST", target, content, wanted, documented=documented)

    async def _ask(
        self,
        method: str,
        url: httpx.URL,
        content: bytes | None,
        headers: dict[str, str],
        *,
        documented: bool,
        permitted: bool = False,
    ) -> Document:
        seen = {url}
        for _ in range(self._limits.redirects + 1):
            try:
                await self._allowed(url, documented=documented, permitted=permitted)
                response, body = await self._answer(method, url, content, headers)
            except RefusedError:
                self._count(url, refused=1)
                raise
            if response.status_code not in REDIRECTS:
                return self._document(url, response, body)
            target = self._target(method, url, response)
            if target in seen:
                raise FetchError(f"{_place(url)}: leads round in a circle; check the URL")
            if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
                headers, permitted = {}, False  # one host's key and leave are no other's
            seen.add(target)
            url = target
        raise FetchError(
            f"{_place(url)}: more than {self._limits.redirects} redirects; check the URL"
        )

    async def _allowed(self, url: httpx.URL, *, documented: bool, permitted: bool) -> None:
        host = self._hosts.of(url)
        self._hosts.check(host)
        if permitted:
            return
        rules = await self._robots.rules(f"{url.scheme}://{host.name}")
        rules.check(str(url), documented=documented)
        await self._hosts.slow_down(host, rules.delay_s)

    async def _answer(
        self,
        method: str,
        url: httpx.URL,
        content: bytes | None,
        headers: Mapping[str, str],
        *,
        extensions: Mapping[str, Any] | None = None,
    ) -> tuple[httpx.Response, bytes]:
        """Send one request and read all of its answer, whatever its status."""
        if self._transport is None or self._uncached is None:
            raise RuntimeError("use the client inside `async with`")
        # The cache obeys a host's no-store, but not ours: it would keep a request with its key.
        if self._cache_works and "no-store" not in headers.get("cache-control", ""):
            try:
                return await self._sent(self._transport, method, url, content, headers, extensions)
            except sqlite3.Error as error:
                self._cache_works = False
                logger.warning(
                    "%s: the cache of earlier answers cannot be used any more (%s); delete it if "
                    "it is damaged, free some space if the disk is full",
                    self._cache,
                    error,
                )
        return await self._sent(self._uncached, method, url, content, headers, extensions)

    async def _sent(
        self,
        transport: httpx.AsyncBaseTransport,
        method: str,
        url: httpx.URL,
        content: bytes | None,
        headers: Mapping[str, str],
        extensions: Mapping[str, Any] | None,
    ) -> tuple[httpx.Response, bytes]:
        request = httpx.Request(
            method,
            url,
            headers={
                "user-agent": self._agent,
                "accept": "application/json, text/html;q=0.9, */*;q=0.5",
                "accept-encoding": ACCEPTED,
                # never an old copy unasked: the host confirms it or sends a new one
                "cache-control": "no-cache",
                **headers,
            },
            content=content,
            extensions={"timeout": self._timeout(), **(extensions or {})},
        )
        try:
            response = await transport.handle_async_request(request)
            try:
                body = await read_body(
                    response.aiter_raw(),
                    encoding=response.headers.get("content-encoding"),
                    most=self._limits.body_bytes,
                    where=_place(url),
                )
            finally:
                await response.aclose()
        except FetchError as error:
            self._leave_alone(url, error.status, error.retry_after_s)
            raise
        except httpx.HTTPError as error:
            raise self._failed(url, error) from error
        if (status := response.status_code) in ASKS_TO_WAIT:
            wait = retry_after_s(response.headers.get("retry-after"))
            self._leave_alone(url, status, wait)
        return response, body

    def _document(self, url: httpx.URL, response: httpx.Response, body: bytes) -> Document:
        status = response.status_code
        if status != 200:
            raise FetchError(
                f"{_place(url)}: HTTP {status}; {_remedy(status)}",
                status=status,
                retry_after_s=retry_after_s(response.headers.get("retry-after")),
            )
        if response.extensions.get("caching", {}).get("from_cache"):
            self._count(url, saved=1)
        return Document(
            url=str(url),
            body=body,
            fetched_at=datetime.now(UTC),
            media_type=response.headers.get("content-type", "").lower() or None,
        )

    async def _robots_txt(self, url: str) -> str:
        # Kept for a day whatever its caching headers say: RFC 9309, section 2.4.
        extensions = {"caching": {"rfc": False, "ttl": DAY_S}}
        target = _url(url)
        for _ in range(self._limits.redirects + 1):
            response, body = await self._answer("GET", target, None, {}, extensions=extensions)
            status = response.status_code
            if status == 200:
                return body[:MAX_BYTES].decode("utf-8", errors="replace")
            if status not in REDIRECTS:
                raise FetchError(f"{_place(target)}: HTTP {status}", status=status)
            target = self._target("GET", target, response)
            self._hosts.check(self._hosts.of(target))
        return ""  # RFC 9309, section 2.3.1.2: after five redirects it may count as absent

    def _target(self, method: str, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        where = _place(url)
        if method != "GET":
            raise FetchError(f"{where}: HTTP {response.status_code} leads elsewhere; check the URL")
        location = response.headers.get("location")
        if not location:
            raise FetchError(f"{where}: a redirect that leads nowhere; try again later")
        try:
            target = url.join(location).copy_with(fragment=None)
        except httpx.InvalidURL:
            raise FetchError(f"{where}: a redirect to no address; check the URL") from None
        if url.scheme == "https" and target.scheme == "http":
            raise RefusedError(f"{where}: leads from https to http, so it is not followed")
        return _url(str(target))

    def _leave_alone(self, url: httpx.URL, status: int | None, wait_s: float | None) -> None:
        if status in ASKS_TO_WAIT:
            host = self._hosts.of(url)
            host.counts = replace(host.counts, wait=Wait(status, wait_s))

    def _failed(self, url: httpx.URL, error: httpx.HTTPError) -> FetchError:
        where = _place(url)
        if isinstance(error, httpx.TimeoutException):
            return FetchError(f"{where}: silent for {self._limits.silence_s:g} s; try again later")
        if isinstance(error, httpx.ConnectError):
            return FetchError(
                f"{where}: cannot be reached ({error}); check the name and your connection"
            )
        if isinstance(error, httpx.RemoteProtocolError | httpx.NetworkError):
            return FetchError(f"{where}: broke off in the middle ({error}); try again later")
        return FetchError(f"{where}: {error}; check the URL")

    def _count(self, url: httpx.URL, *, saved: int = 0, refused: int = 0) -> None:
        host = self._hosts.of(url)
        host.counts = replace(
            host.counts, saved=host.counts.saved + saved, refused=host.counts.refused + refused
        )

    def _timeout(self) -> dict[str, float]:
        silence = self._limits.silence_s
        return {
            "connect": self._limits.connect_s,
            "read": silence,
            "write": silence,
            "pool": self._limits.deadline_s,
        }

    def _retry(self) -> Retry:
        return Retry(
            total=self._limits.retries,
            allowed_methods=("GET", "POST"),  # our POSTs only ask
            status_forcelist=RETRIED,
            backoff_factor=self._limits.backoff_s,
            backoff_jitter=0.5,
            max_backoff_wait=max(self._limits.retry_after_s, 0.001),
        )


class NewestOnly(AsyncSqliteStorage):  # type: ignore[misc]  # hishel's types are not read
    """Keeps one copy of each address, the newest.

    hishel 2.0 keeps a copy that was replaced beside its successor. It may then ask with the old
    copy's ETag, or take a 304 with a weak ETag for no match and ask a second time.
    """

    async def get_entries(self, key: str) -> list[Entry]:
        """Return the newest entry alone; the ones before it are removed."""
        entries: list[Entry] = await super().get_entries(key)  # in the order they were stored
        for entry in entries[:-1]:
            await self.remove_entry(entry.id)
        return entries[-1:]


def user_agent(contact: str | None) -> str:
    """Return how we introduce ourselves, with the contact from the settings if there is one."""
    name = f"pmjobs/{version('pmjobs')}"
    return f"{name} (+{contact})" if contact else name


def _url(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise FetchError(f"{text[:200]!r}: is no address ({error}); check the URL") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise RefusedError(f"{text[:200]!r}: only http and https addresses are asked")
    if not re.fullmatch(rb"[\w.-]+|[0-9a-fA-F:.]+", url.raw_host):
        raise RefusedError(f"{text[:200]!r}: has no host's name in it; check the URL")
    if url.userinfo:
        raise RefusedError(f"{url.host}: an address with a password in it is not asked")
    return url


def _place(url: httpx.URL) -> str:
    """Name a URL in a message: without its query, which may hold a key."""
    port = "" if url.port is None else f":{url.port}"
    return f"{url.host}{port}{url.path}"


def _remedy(status: int) -> str:
    if status in (404, 410):
        return "nothing is there; check the board's name"
    if status in ASKS_TO_WAIT:
        return "the host asks us to wait; try again later"
    if status in (401, 403):
        return "the host does not let us in; see whether this board needs a key"
    if status >= 500:
        return "the host has trouble; try again later"
    return "not an answer we can use; check the board's name"


def _network(guard: GuardedBackend) -> httpx.AsyncHTTPTransport:
    transport = httpx.AsyncHTTPTransport()
    # httpx has no public way to pass a network backend on; its pool is replaced by one that has.
    transport._pool = httpcore.AsyncConnectionPool(
        ssl_context=httpx.create_ssl_context(),
        network_backend=guard,
        max_connections=20,
        max_keepalive_connections=10,
        keepalive_expiry=5.0,
        http1=True,
        http2=False,
    )
    return transport


async def _open_cache(path: Path | None) -> anysqlite.Connection:
    """Open the file of earlier answers. A run can do without it, so trouble is only told."""
    if path is None:
        return await anysqlite.connect(":memory:", isolation_level=None)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = await anysqlite.connect(str(path), isolation_level=None)
        try:
            await connection.execute("PRAGMA schema_version")
        except sqlite3.OperationalError:
            await connection.close()
            raise
        except sqlite3.DatabaseError:
            logger.warning("%s: no readable cache of earlier answers; begun anew", path)
            await connection.close()
            path.unlink()
            connection = await anysqlite.connect(str(path), isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        logger.warning("%s: cannot be used (%s); earlier answers are not kept", path, error)
        return await _open_cache(None)
    return connection
