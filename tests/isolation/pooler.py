"""A connection pooler in a few lines: clients talk to it, it lends them server sessions by transaction or by session."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TRANSACTION, SESSION = "transaction", "session"
SSL_REQUEST, GSS_REQUEST, CANCEL = 80877103, 80877104, 80877102


def exactly(wire: socket.socket, size: int) -> bytes:
    received = b""
    while len(received) < size:
        chunk = wire.recv(size - len(received))
        if not chunk:
            raise ConnectionError
        received += chunk
    return received


def message(wire: socket.socket) -> bytes:
    head = exactly(wire, 5)
    return head + exactly(wire, struct.unpack("!I", head[1:])[0] - 4)


class Server:
    """A session of PostgreSQL, and what it said when it began."""

    def __init__(self, address: tuple[str, int], startup: bytes) -> None:
        self.wire = socket.create_connection(address)
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.wire.sendall(startup)
        self.greeting = [message(self.wire)]
        while self.greeting[-1][:1] != b"Z":
            self.greeting.append(message(self.wire))


class Pooler:
    """Like PgBouncer: the server session used last is lent first, and nothing of it is reset.

    `keys` says whether clients get the process number of their first server session, as some poolers do, or a made-up one.
    """

    def __init__(self, address: tuple[str, int], mode: str, keys: bool = False) -> None:
        self.address, self.mode, self.keys = address, mode, keys
        self.idle: dict[bytes, list[Server]] = {}
        self.all: list[Server] = []
        self.lock = threading.Lock()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.receive, daemon=True).start()

    def receive(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.door.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self.serve, args=[client], daemon=True).start()

    def borrow(self, startup: bytes) -> Server:
        with self.lock:
            free = self.idle.setdefault(startup, [])
            if free:
                return free.pop()
            self.all.append(Server(self.address, startup))
            return self.all[-1]

    def give_back(self, startup: bytes, server: Server) -> None:
        with self.lock:
            self.idle[startup].append(server)

    def serve(self, client: socket.socket) -> None:
        with suppress(ConnectionError, OSError), client:
            startup = self.greet(client)
            server: Server | None = None
            ready = b""
            try:
                while True:
                    asked = message(client)
                    if asked[:1] == b"X":
                        return
                    server = server or self.borrow(startup)
                    server.wire.sendall(asked)
                    if asked[:1] in b"QS":
                        ready = self.relay(server, client)
                        if ready[5:6] == b"I" and self.mode == TRANSACTION:
                            self.give_back(startup, server)
                            server = None
                        client.sendall(ready)
            finally:
                if server is not None and ready[5:6] == b"I":  # one in the middle of something is not lent again
                    self.give_back(startup, server)

    def greet(self, client: socket.socket) -> bytes:
        while True:
            size = exactly(client, 4)
            startup = size + exactly(client, struct.unpack("!I", size)[0] - 4)
            kind = struct.unpack("!I", startup[4:8])[0]
            if kind == CANCEL:
                raise ConnectionError
            if kind not in (SSL_REQUEST, GSS_REQUEST):
                break
            client.sendall(b"N")
        server = self.borrow(startup)
        for told in server.greeting:
            hidden = told[:1] == b"K" and not self.keys
            client.sendall(told[:5] + struct.pack("!I", id(client) % 2**31) + told[9:] if hidden else told)
        self.give_back(startup, server)
        return startup

    def relay(self, server: Server, client: socket.socket) -> bytes:
        """Pass an answer on but for its end, which tells whether a transaction is open."""
        while (told := message(server.wire))[:1] != b"Z":
            client.sendall(told)
        return told

    def close(self) -> None:
        self.door.close()
        for server in self.all:
            server.wire.shutdown(socket.SHUT_RDWR)
            server.wire.close()


@contextmanager
def pooling(host: str, port: int, mode: str, keys: bool = False) -> Iterator[Pooler]:
    pooler = Pooler((host, port), mode, keys)
    try:
        yield pooler
    finally:
        pooler.close()
