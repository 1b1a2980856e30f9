"""A DNS server on this machine that says what a test has written down."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


@contextmanager
def serving(texts: dict[str, list[str]]) -> Iterator[str]:
    """The address of a server that answers questions for TXT records out of `texts`, as they are when asked."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", 0))
        wire.settimeout(0.2)
        done = threading.Event()
        thread = threading.Thread(target=_answer, args=(wire, texts, done), daemon=True)
        thread.start()
        yield "{}:{}".format(*wire.getsockname())
        done.set()
        thread.join()


def _answer(wire: socket.socket, texts: dict[str, list[str]], done: threading.Event) -> None:
    while not done.is_set():
        try:
            asked, whose = wire.recvfrom(4096)
        except TimeoutError:
            continue
        question = dns.message.from_wire(asked)
        name = question.question[0].name.to_text(omit_final_dot=True)
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        if name in texts:
            answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", *(f'"{text}"' for text in texts[name])))
        else:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        wire.sendto(answer.to_wire(), whose)
