"""The server itself: keys, idempotency, errors and signatures as Stripe documents them."""

from __future__ import annotations

import json
import threading
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

from stripe import WebhookSignature

from tests.billing.stripe_server import endpoints, schedules, usage, wire
from tests.billing.stripe_server.buyer import Buyer
from tests.billing.stripe_server.checking import Refusal, check
from tests.billing.stripe_server.routes import ROUTES
from tests.billing.stripe_server.store import Json, Store

SPOKEN = (endpoints, schedules, usage)
"""What stands in these can be asked."""
KEY, SECRET = "sk_test_of_ours", "whsec_of_ours"


class StripeServer(AbstractContextManager["StripeServer"]):
    """Listens on a free port of this machine until the block ends."""

    def __init__(self) -> None:
        self.store = Store()
        self.buyer = Buyer(self.store)
        self.failures = 0
        """So many next requests are carried out, and then the connection breaks before the answer."""
        self.lock = threading.Lock()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"stripe": self}))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *told: object) -> None:
        self.http.shutdown()
        self.http.server_close()

    def webhook(self, event: Json, *, secret: str = SECRET, at: int | None = None) -> tuple[str, str]:
        """The body and the signature with which an event is delivered."""
        body = json.dumps(event)
        return body, WebhookSignature.generate_signature_header(body, secret, at)

    # answering -------------------------------------------------------------------------------------------------------
    def answer(self, method: str, path: str, text: str, headers: Any) -> tuple[int, bytes]:
        if headers.get("Authorization") != f"Bearer {KEY}":
            return told(Refusal("Invalid API Key provided.", status=401))
        with self.lock:
            try:
                params = wire.parse(text)
                return self._once(method, path, params, headers.get("Idempotency-Key") if method == "POST" else None)
            except Refusal as refusal:
                return told(refusal)

    def _once(self, method: str, path: str, params: Json, key: str | None) -> tuple[int, bytes]:
        fingerprint = (method, path, json.dumps(params, sort_keys=True))
        known = self.store.answers.get(key or "")
        if known is None:
            answer = self._carry_out(method, path, params)
            if key:
                self.store.answers[key] = (fingerprint, *answer)
            return answer
        if known[0] != fingerprint:
            message = f"Keys for idempotent requests can only be used with the same parameters they were first used with. ({key})"
            raise Refusal(message, kind="idempotency_error")
        return known[1], known[2]

    def _carry_out(self, method: str, path: str, params: Json) -> tuple[int, bytes]:
        for verb, pattern, kind, handler in ROUTES:
            match = pattern.fullmatch(path)
            if verb == method and match:
                given = check(kind, params)
                self.store.requests.append((method, path, given))
                found = handler(self.store, given, *match.groups())
                shown = self.store.expanded(found, given.get("expand", [])) if found["object"] != "list" else found
                return 200, json.dumps(shown).encode()
        raise Refusal(f"Unrecognized request URL ({method}: {path}).", status=404)


def told(refusal: Refusal) -> tuple[int, bytes]:
    return refusal.status, json.dumps(refusal.body).encode()


class Handler(BaseHTTPRequestHandler):
    stripe: StripeServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._reply("GET", urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._reply("POST", self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

    def _reply(self, method: str, text: str) -> None:
        status, body = self.stripe.answer(method, urlsplit(self.path).path, text, self.headers)
        if self.stripe.failures:
            self.stripe.failures -= 1
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Request-Id", f"req_{len(self.stripe.store.requests):08d}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Quiet: a test tells what went wrong."""
