"""The only part that talks to the network, and the only one that imports httpx.

A request goes down through: redirects and robots.txt (client) → cache of earlier answers, so
that an unchanged board costs an If-None-Match (hishel) → retries (httpx-retries) → pace, size
and time limits, one host apart from another (pace) → address guard (guard) → the socket.

Proxies named in the environment are not used: behind a proxy the guard could not see which
address is connected to. Certificates from SSL_CERT_FILE and SSL_CERT_DIR are.
"""

from pmjobs.net.client import Client
from pmjobs.net.guard import GuardedBackend
from pmjobs.net.pace import Counts, HostCounts, Limits, Wait

__all__ = ["Client", "Counts", "GuardedBackend", "HostCounts", "Limits", "Wait"]
