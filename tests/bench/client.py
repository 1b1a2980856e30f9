"""A browser's requests without the browser: one kept-alive connection, cookies, CSRF, and as little work of its own as possible.

http.client and its relatives take about half a millisecond a request, which would be a good part of what is measured.
"""

from __future__ import annotations

import socket
import uuid
from dataclasses import dataclass, field
from typing import Any

import orjson


class Failed(RuntimeError):
    """An answer that was not the expected one."""


@dataclass
class Answer:
    status: int
    head: bytes
    body: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.body) if self.body else None

    def header(self, name: str) -> str:
        found = [line for line in self.head.split(b"\r\n") if line.lower().startswith(name.lower().encode() + b":")]
        return found[-1].partition(b":")[2].strip().decode() if found else ""


@dataclass
class Browser:
    """Somebody at an address of the product."""

    port: int
    host: str = "localhost"
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    statements: int = 0
    in_database: float = 0.0
    wire: socket.socket | None = None

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    def connect(self) -> socket.socket:
        if self.wire is None:
            self.wire = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.wire

    def close(self) -> None:
        if self.wire is not None:
            self.wire.close()
            self.wire = None

    def head(self, method: str, path: str) -> str:
        """Everything of a request but its body's length."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept: application/json", "Accept-Language: zh-CN"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method != "GET":
            lines += [f"Origin: {self.origin}", f"X-CSRFToken: {self.token}", f"Idempotency-Key: {uuid.uuid4()}"]
        return "\r\n".join(lines)

    def send(self, method: str, path: str, data: Any = None) -> Answer:
        body = b"" if data is None else orjson.dumps(data)
        return self.exchange(self.framed(method, path, "application/json", body))

    def framed(self, method: str, path: str, kind: str, body: bytes) -> bytes:
        """A whole request."""
        return f"{self.head(method, path)}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    def exchange(self, request: bytes) -> Answer:
        """Send these bytes and read one answer."""
        wire = self.connect()
        try:
            wire.sendall(request)
            return self.read(wire)
        except (ConnectionError, TimeoutError):
            self.close()
            raise

    def read(self, wire: socket.socket) -> Answer:
        received = b""
        while b"\r\n\r\n" not in received:
            received += more(wire)
        head, _sep, body = received.partition(b"\r\n\r\n")
        answer = Answer(int(head[9:12]), head, body)
        length = int(answer.header("content-length") or 0)
        while len(body) < length:
            body += more(wire)
        answer.body = body
        self.keep_cookies(head)
        return answer

    def keep_cookies(self, head: bytes) -> None:
        if b"et-cookie:" not in head.lower():
            return
        for line in head.split(b"\r\n"):
            if line.lower().startswith(b"set-cookie:"):
                name, _sep, rest = line.partition(b":")[2].strip().decode().partition("=")
                self.cookies[name] = rest.partition(";")[0]
        self.token = self.cookies.get("csrftoken", self.token)

    def get(self, path: str) -> Any:
        return self.told(self.send("GET", f"/api/v1{path}"), path)

    def post(self, path: str, data: Any) -> Any:
        return self.told(self.send("POST", f"/api/v1{path}", data), path)

    def upload(self, path: str, name: str, content: bytes, fields: dict[str, str]) -> Any:
        """Send a form with a file."""
        edge = uuid.uuid4().hex
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()]
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
        body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.told(self.exchange(self.framed("POST", f"/api/v1{path}", f"multipart/form-data; boundary={edge}", body)), path)

    def told(self, answer: Answer, path: str) -> Any:
        if told := answer.header("x-sql"):
            self.statements += int(told.split()[0])
            self.in_database += float(told.split()[1])
        if answer.status >= 400:
            raise Failed(f"{path}: {answer.status} {answer.body.decode(errors='replace')[:600]}")
        return answer.json

    def log_in(self, email: str, password: str) -> Browser:
        self.get("/session/")
        self.post("/login/", {"email": email, "password": password})
        return self

    def again(self) -> Browser:
        """The same person with a connection of their own."""
        return Browser(self.port, self.host, dict(self.cookies), self.token)


def more(wire: socket.socket) -> bytes:
    chunk = wire.recv(262_144)
    if not chunk:
        raise ConnectionError("The server closed the connection.")
    return chunk
