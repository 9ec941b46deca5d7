"""Serve job boards on loopback: the demo's invented ones, or answers recorded elsewhere.

The answers carry an ETag and honour If-None-Match, as the real boards do, so that a second run
shows what a conditional request saves. Nothing here listens beyond 127.0.0.1.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from pmjobs.posting import Board

# Where each system's public address keeps its boards, and the folder of recordings it is read from.
PATHS = {
    "greenhouse": "/v1/boards/{board}/jobs",
    "lever": "/v0/postings/{board}",
    "ashby": "/posting-api/job-board/{board}",
    "ashby_graphql": "/api/non-user-graphql/{board}",  # asked by POST, the board in its body
}


def recorded(folder: Path) -> dict[str, bytes]:
    """Return path → body for every board under `folder`.

    The layout is that of data/sample: greenhouse/, lever/ and ashby/ hold `<board>.json`,
    pages/ holds `<name>.html` with schema.org JobPosting.
    """
    routes = {
        PATHS[source].format(board=file.stem): file.read_bytes()
        for source in PATHS
        for file in sorted((folder / source).glob("*.json"))
    }
    for page in sorted((folder / "pages").glob("*.html")):
        routes[f"/careers/{page.name}"] = page.read_bytes()
    return routes


def boards_of(folder: Path, base_url: str) -> tuple[Board, ...]:
    """Return the boards that `recorded(folder)` serves, as reached at `base_url`."""
    systems = tuple(
        Board(source=source, board=file.stem, base_url=base_url)
        for source in PATHS
        for file in sorted((folder / source).glob("*.json"))
    )
    pages = tuple(
        Board(source="jsonld_page", board=f"{base_url}/careers/{page.name}")
        for page in sorted((folder / "pages").glob("*.html"))
    )
    return systems + pages


@contextmanager
def serving(routes: Mapping[str, bytes]) -> Iterator[str]:
    """Serve `routes` on a free loopback port; yields the base URL, "http://127.0.0.1:PORT"."""
    handler = type("Handler", (_Handler,), {"routes": {**routes, "/robots.txt": _ROBOTS}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


_ROBOTS = b"User-agent: *\nAllow: /\n"


class _Handler(BaseHTTPRequestHandler):
    routes: Mapping[str, bytes] = {}
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        body = self.routes.get(asked.path)
        if body is None:
            self._answer(404, b'{"error": "not found"}', "application/json")
            return
        if asked.path.startswith("/v0/postings/"):
            body = _page(body, parse_qs(asked.query))
        kind = "text/html; charset=utf-8" if asked.path.endswith(".html") else "application/json"
        self._answer(200, body, "text/plain" if asked.path == "/robots.txt" else kind)

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        try:
            asked = json.loads(self.rfile.read(min(size, 100_000)))
            board = asked["variables"]["organizationHostedJobsPageName"]
        except (ValueError, KeyError, TypeError):
            self._answer(400, b'{"error": "not a question"}', "application/json")
            return
        body = self.routes.get(f"{urlsplit(self.path).path}/{board}")
        if body is None:  # what Ashby answers for a board it does not know
            body = b'{"data": {"jobBoard": null}}'
        self._answer(200, body, "application/json")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        self.send_header("ETag", etag)
        self.send_header("Cache-Control", "max-age=0, private, must-revalidate")
        self.send_header("Content-Type", kind)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the demo's output to what the reader asked for."""


def _page(body: bytes, query: Mapping[str, list[str]]) -> bytes:
    """Return the slice of a Lever board that `skip` and `limit` ask for."""
    if not {"skip", "limit"} & query.keys():
        return body
    ads = json.loads(body)
    start = int(query.get("skip", ["0"])[0])
    return json.dumps(ads[start : start + int(query.get("limit", ["100"])[0])]).encode()
