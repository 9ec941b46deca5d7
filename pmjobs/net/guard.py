"""Connect to public addresses only, decided before any packet is sent.

The host's name is resolved here, every address it has is checked, and the connection goes to
exactly a checked address: an answer that changes between check and connect (DNS rebinding)
finds nothing to change. A ready-made guard (httpx-secure 2.0) was read and not taken: it may
open a TCP probe to an address that it then denies.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

import httpcore

from pmjobs.errors import FetchError, RefusedError

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Awaitable[list[str]]]

LOOPBACK: tuple[IPNetwork, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
PUBLIC_PORTS = frozenset({80, 443, 8080, 8443})  # elsewhere than on loopback
MAX_ADDRESSES = 4  # tried, of those a name has

# What `ipaddress` calls global and is yet no public web host.
_NOT_PUBLIC = tuple(
    ip_network(text)
    for text in (
        "192.0.0.0/24",  # IETF protocol assignments; a cloud keeps its metadata here
        "192.88.99.0/24",  # relays of 6to4, RFC 7526
        "168.63.129.16/32",  # a cloud's own services, seen from inside it
        "2001::/23",  # IETF protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: holds any IPv4 address
        "3fff::/20",  # documentation, RFC 9637
    )
)
# Every other IPv6 block is special: mapped and translated IPv4 (::ffff:0:0/96, 64:ff9b::/96),
# unique local, link local, site local, multicast, or not handed out yet.
_IPV6_UNICAST = ip_network("2000::/3")


def is_public(address: IPAddress) -> bool:
    """Tell whether an address belongs to the public internet and to one host.

    >>> from ipaddress import ip_address
    >>> is_public(ip_address("192.168.1.7")), is_public(ip_address("::ffff:192.168.1.7"))
    (False, False)
    """
    if address.version == 6 and address not in _IPV6_UNICAST:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in _NOT_PUBLIC)


async def system_resolver(host: str, port: int) -> list[str]:
    """Return the addresses the operating system knows for a host, best first."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """httpcore's way to the network, with a check of the address before the connection.

    `allow` names networks that are let through although they are not public: nothing, or
    loopback for demos and tests. `resolve` and `connect` are for tests.
    """

    def __init__(
        self,
        *,
        allow: Iterable[IPNetwork] = (),
        resolve: Resolve = system_resolver,
        connect: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._allow = tuple(allow)
        self._resolve = resolve
        self._connect = connect or httpcore.AnyIOBackend()

    async def checked(self, host: str, port: int) -> list[IPAddress]:
        """Return the addresses of `host`, all of them allowed, best first.

        Raises RefusedError if one of them is not, FetchError if the host has none.
        """
        try:
            addresses = [ip_address(text) for text in await self._resolve(host, port)]
        except (OSError, ValueError, UnicodeError) as error:
            raise FetchError(
                f"{host}: the name has no address; check its spelling and your connection"
            ) from error
        if not addresses:
            raise FetchError(f"{host}: the name has no address; check its spelling")
        for address in addresses:
            self._check(host, port, address)
        return addresses

    def _check(self, host: str, port: int, address: IPAddress) -> None:
        if any(address in network for network in self._allow):
            return
        name = host if host == str(address) else f"{host} ({address})"
        if any(address in network for network in LOOPBACK):
            raise RefusedError(
                f"{name}: is this machine; set allow_loopback = true under [network] to ask it"
            )
        if not is_public(address):
            raise RefusedError(f"{name}: is no public address, so it is not asked; check the URL")
        if port not in PUBLIC_PORTS:
            raise RefusedError(f"{name}: port {port} is no web server's; check the URL")

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first checked address that answers."""
        problem: Exception | None = None
        for address in (await self.checked(host, port))[:MAX_ADDRESSES]:
            try:
                return await self._connect.connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        assert problem is not None  # `checked` returns at least one address
        raise problem

    async def sleep(self, seconds: float) -> None:
        """Wait; httpcore asks for it between its own attempts."""
        await self._connect.sleep(seconds)
