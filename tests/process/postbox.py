"""A mailbox with an IMAP server of its own (RFC 3501: LOGIN, SELECT, UID SEARCH UNSEEN, UID FETCH, UID STORE), and notifications as mail servers write them."""

from __future__ import annotations

import re
import socketserver
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from threading import Thread

PASSWORD = "post-secret"
PARTIAL = re.compile(r"BODY\.PEEK\[\]<0\.(\d+)>")


class Mailbox:
    """`letters` are what lies in it, `seen` the numbers of those that were looked at; `commands` what the reader asked."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.seen: set[int] = set()
        self.commands: list[str] = []
        box = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("* OK IMAP4rev1 ready")
                for line in self.rfile:
                    tag, _space, command = line.decode().strip().partition(" ")
                    box.commands.append(command)
                    words = command.upper().split()
                    if words[0] == "LOGIN" and PASSWORD not in command:
                        self.say(f"{tag} NO [AUTHENTICATIONFAILED] wrong password")
                        continue
                    self.answer(" ".join(words[:2]) if words[0] == "UID" else words[0], command)
                    self.say(f"{tag} OK done")
                    if words[0] == "LOGOUT":
                        return

            def answer(self, verb: str, command: str) -> None:
                if verb == "CAPABILITY":
                    self.say("* CAPABILITY IMAP4rev1")
                elif verb == "SELECT":
                    self.say(f"* {len(box.letters)} EXISTS")
                elif verb == "UID SEARCH":
                    unseen = [str(uid) for uid in range(1, len(box.letters) + 1) if uid not in box.seen]
                    self.say(" ".join(["* SEARCH", *unseen]))
                elif verb == "UID FETCH":
                    uid, length = int(command.split()[2]), PARTIAL.search(command)
                    content = box.letters[uid - 1][: int(length[1])] if length else b""
                    self.say(f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(content)}}}")
                    self.wfile.write(content)
                    self.say(")")
                elif verb == "UID STORE":
                    box.seen.add(int(command.split()[2]))

            def say(self, text: str) -> None:
                self.wfile.write(f"{text}\r\n".encode())

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"imap://127.0.0.1:{self.server.server_address[1]}/INBOX"
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


def report(to: str, fields: str, original: str = "Subject: Offer\r\n", said: str = "Could not be delivered.") -> bytes:
    """A delivery status notification as Postfix writes it; `fields` are those of the recipient."""
    top = (
        f"Return-Path: <>\r\nDelivered-To: {to}\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: {to}\r\nAuto-Submitted: auto-replied\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="cut"\r\n\r\n'
    )
    parts = (
        f"Content-Type: text/plain\r\n\r\n{said}\r\n",
        f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n{fields}\r\n",
        f"Content-Type: text/rfc822-headers\r\n\r\n{original}",
    )
    return (top + "".join(f"--cut\r\n{part}\r\n" for part in parts) + "--cut--\r\n").encode()


def plain(to: str, sender: str, text: str, **headers: str) -> bytes:
    """A message that is no report: of a server that knows none, or of somebody's absence."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, to, headers.pop("Subject", "failure notice")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    assert BytesParser(policy=SMTP).parsebytes(bytes(made))["To"] == to
    return bytes(made)
