"""The guard: no packet to an address that is not public, decided before any connection.

Names and addresses are answered by stand-ins; the only sockets opened here are on loopback.
"""

from ipaddress import ip_address, ip_network

import httpcore
import pytest

from pmjobs.errors import FetchError, RefusedError
from pmjobs.net import Client, GuardedBackend, Limits
from pmjobs.net.guard import LOOPBACK, is_public
from pmjobs.settings import Network
from tests.loopback import Answer, serving

FORBIDDEN = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.8.8.8",
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192",
    "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::a00:1",
    "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:a00:1::",
    "2002:808:808::1", "3fff::1", "4000::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1",
]  # fmt: skip

PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700:4700::1111", "2a00::1"]


class Connector(httpcore.AsyncNetworkBackend):
    """Notes where a connection would have gone, and opens none."""

    def __init__(self, *, deaf: tuple[str, ...] = ()) -> None:
        self.connected: list[tuple[str, int]] = []
        self._deaf = deaf

    async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.connected.append((host, port))
        if host in self._deaf:
            raise httpcore.ConnectError("refused")
        return httpcore.AsyncMockStream([])


def resolver(*addresses: str):
    async def resolve(host: str, port: int) -> list[str]:
        return list(addresses)

    return resolve


@pytest.mark.parametrize("address", FORBIDDEN)
def test_special_addresses_are_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_ordinary_addresses_are_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", FORBIDDEN)
async def test_a_name_that_leads_to_a_special_address_is_refused_before_connecting(address):
    connector = Connector()
    guard = GuardedBackend(resolve=resolver(address), connect=connector)

    with pytest.raises(RefusedError, match="jobs.example.org"):
        await guard.connect_tcp("jobs.example.org", 443)

    assert connector.connected == []


async def test_one_special_address_among_public_ones_refuses_them_all():
    connector = Connector()
    guard = GuardedBackend(resolve=resolver("8.8.8.8", "10.0.0.1"), connect=connector)

    with pytest.raises(RefusedError, match=r"jobs.example.org \(10.0.0.1\): is no public address"):
        await guard.connect_tcp("jobs.example.org", 443)

    assert connector.connected == []


async def test_the_connection_goes_to_the_address_that_was_checked():
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])  # a name that changes its mind (DNS rebinding)

    async def resolve(host, port):
        return next(answers)

    connector = Connector()
    guard = GuardedBackend(resolve=resolve, connect=connector)
    await guard.connect_tcp("jobs.example.org", 443)

    assert connector.connected == [("8.8.8.8", 443)]
    with pytest.raises(RefusedError):
        await guard.connect_tcp("jobs.example.org", 443)
    assert connector.connected == [("8.8.8.8", 443)]


async def test_the_next_address_is_tried_when_one_does_not_answer():
    connector = Connector(deaf=("2a00::1",))
    guard = GuardedBackend(resolve=resolver("2a00::1", "8.8.8.8"), connect=connector)
    await guard.connect_tcp("jobs.example.org", 443)

    assert connector.connected == [("2a00::1", 443), ("8.8.8.8", 443)]


@pytest.mark.parametrize("port", [22, 25, 3306, 6379, 9200])
async def test_public_hosts_are_asked_on_web_ports_only(port):
    connector = Connector()
    guard = GuardedBackend(resolve=resolver("8.8.8.8"), connect=connector)

    with pytest.raises(RefusedError, match=f"port {port} is no web server's"):
        await guard.connect_tcp("jobs.example.org", port)

    assert connector.connected == []


async def test_loopback_needs_leave_and_the_message_says_how_to_give_it():
    connector = Connector()

    with pytest.raises(RefusedError, match="set allow_loopback = true"):
        await GuardedBackend(resolve=resolver("::1"), connect=connector).connect_tcp("here", 8000)
    await GuardedBackend(allow=LOOPBACK, resolve=resolver("::1"), connect=connector).connect_tcp(
        "here", 8000
    )

    assert connector.connected == [("::1", 8000)]


@pytest.mark.parametrize("address", sorted(set(FORBIDDEN) - {"127.0.0.1", "127.8.8.8", "::1"}))
async def test_leave_for_loopback_is_leave_for_nothing_else(address):
    connector = Connector()
    guard = GuardedBackend(allow=LOOPBACK, resolve=resolver(address), connect=connector)

    with pytest.raises(RefusedError):
        await guard.connect_tcp("here", 80)

    assert connector.connected == []


async def test_a_name_without_an_address_is_an_error_that_says_so():
    async def resolve(host, port):
        raise OSError("unknown")

    with pytest.raises(FetchError, match="jobs.example.org: the name has no address"):
        await GuardedBackend(resolve=resolve).connect_tcp("jobs.example.org", 443)


async def test_a_client_without_leave_does_not_open_loopback():
    with serving({"/": Answer(json=[])}) as host:
        async with Client(Network(requests_per_second=1000)) as client:
            with pytest.raises(RefusedError, match="allow_loopback = true"):
                await client.get(host.url)

    assert host.asked == []
    assert client.counts.refused == 1
    assert client.counts.bytes_received == 0


async def test_a_redirect_to_a_forbidden_address_is_not_followed_over_the_wire():
    """127.0.0.2 stands for a private address: it listens, and must not be asked."""
    allowed = GuardedBackend(allow=[ip_network("127.0.0.1/32")])
    with serving({"/secret": Answer(json={"key": 1})}, address="127.0.0.2") as inside:
        away = Answer(status=302, headers={"Location": f"{inside.url}/secret"})
        with serving({"/board": away}) as host:
            network = Network(requests_per_second=1000, allow_loopback=True)
            async with Client(network, guard=allowed, limits=Limits(retries=0)) as client:
                with pytest.raises(RefusedError, match="127.0.0.2"):
                    await client.get(f"{host.url}/board")

    assert [asked.path for asked in host.asked] == ["/robots.txt", "/board"]
    assert inside.asked == []


async def test_robots_txt_that_leads_to_a_forbidden_address_is_not_followed_either():
    allowed = GuardedBackend(allow=[ip_network("127.0.0.1/32")])
    with serving({}, address="127.0.0.2") as inside:
        away = Answer(status=301, headers={"Location": f"{inside.url}/robots.txt"})
        with serving({"/robots.txt": away, "/board": Answer(json=[])}) as host:
            network = Network(requests_per_second=1000, allow_loopback=True)
            async with Client(network, guard=allowed) as client:
                with pytest.raises(RefusedError, match="127.0.0.2"):
                    await client.get(f"{host.url}/board")

    assert inside.asked == []
    assert host.asked_for("/board") == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/", "only http and https"),
        ("http://me:secret@example.org/", "a password in it"),
        ("http:///nowhere", "only http and https"),
    ],
)
async def test_only_plain_web_addresses_are_asked(url, message):
    async with Client(Network()) as client:
        with pytest.raises(RefusedError, match=message):
            await client.get(url)
