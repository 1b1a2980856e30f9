"""A virus scanner on this machine that speaks clamd's INSTREAM and finds one word."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
FOUND, FINE, TOO_LARGE = b"stream: Eicar-Test-Signature FOUND\0", b"stream: OK\0", b"INSTREAM size limit exceeded. ERROR\0"
MOST = 1 << 20


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        whole = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            whole += self.rfile.read(size)
            if len(whole) > MOST:
                self.wfile.write(TOO_LARGE)
                return
        self.wfile.write(FOUND if VIRUS in whole else FINE)


@contextmanager
def serving() -> Iterator[str]:
    """The address of a scanner."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield "{}:{}".format(*server.server_address)
        server.shutdown()
