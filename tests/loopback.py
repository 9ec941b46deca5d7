"""A server on loopback that answers as told, well or badly; for every test that needs a host.

with serving({"/boards/acme": Answer(json={"jobs": []})}) as host:
    ... host.url, host.asked
"""

import gzip
import hashlib
import json as json_format
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Answer:
    """What one address answers. JSON, or a body of bytes or text."""

    body: bytes | str = b""
    json: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: bool = True  # send an ETag, and 304 to whoever has it
    packed: bool = False  # gzip the body
    delay_s: float = 0.0  # before the answer
    drip_s: float = 0.0  # before each piece of the body
    piece: int = 16  # bytes a piece, when dripping
    cut: int | None = None  # send only so many bytes of the body, then hang up
    sized: bool = True  # tell the length beforehand; else the end is where we hang up


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    at: float  # time.monotonic()


Route = Answer | Sequence[Answer] | Callable[[Asked], Answer]


@dataclass
class Host:
    """A running server: where it is, and what it has been asked."""

    url: str
    asked: list[Asked] = field(default_factory=list)

    def asked_for(self, path: str) -> list[Asked]:
        return [request for request in self.asked if request.path == path]


@contextmanager
def serving(routes: Mapping[str, Route], *, address: str = "127.0.0.1") -> Iterator[Host]:
    """Serve `routes` (path → answer, answers in turn, or a function) on a free loopback port.

    A path that is not in `routes` is 404, robots.txt among them: nothing is forbidden.
    """
    assert address.startswith("127."), "loopback only"
    host = Host("")
    turns = {path: iter(route) for path, route in routes.items() if isinstance(route, Sequence)}
    last: dict[str, Answer] = {}
    lock = threading.Lock()

    def answer_to(asked: Asked) -> Answer:
        with lock:
            host.asked.append(asked)
            route = routes.get(asked.path, Answer(status=404, json={"error": "not found"}))
            if isinstance(route, Sequence):
                last[asked.path] = next(turns[asked.path], last.get(asked.path, Answer()))
                return last[asked.path]
        return route(asked) if callable(route) else route

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("content-length", 0))
            asked = Asked(
                self.command,
                parts.path,
                parse_qs(parts.query, keep_blank_values=True),
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(length),
                time.monotonic(),
            )
            try:
                self._send(answer_to(asked), asked)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the client had enough: that is what is tested

        do_POST = do_GET

        def _send(self, answer: Answer, asked: Asked) -> None:
            time.sleep(answer.delay_s)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            kind = "text/html; charset=utf-8"
            if answer.json is not None:
                body, kind = json_format.dumps(answer.json).encode(), "application/json"
            headers = {"Content-Type": kind, **answer.headers}
            if answer.packed:
                body = gzip.compress(body, 1)
                headers["Content-Encoding"] = "gzip"
            status = answer.status
            if answer.etag and status == 200:
                headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                if asked.headers.get("if-none-match") == headers["ETag"]:
                    status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if not answer.sized:
                self.close_connection = True
            elif status != 304 and "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if answer.cut is not None:
                self.wfile.write(body[: answer.cut])
                self.close_connection = True
            elif answer.drip_s:
                for start in range(0, len(body), answer.piece):
                    time.sleep(answer.drip_s)
                    self.wfile.write(body[start : start + answer.piece])
            else:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            if not isinstance(sys.exception(), ConnectionError):  # clients may hang up
                super().handle_error(request, client_address)

    server = Server((address, 0), Handler)
    host.url = f"http://{address}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
