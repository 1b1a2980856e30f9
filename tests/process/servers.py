"""The services that carry messages, as their documentation says they answer: one HTTP server for all, and a mail server."""

from __future__ import annotations

import hashlib
import hmac
import json
import socketserver
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

SECRET = "s3cret"


class Services:
    """What was taken, by service; `refusing` makes it say no in the way the services do: 200 with an error code."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.refusing, self.passes, services = False, 0, self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer({})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.answer(json.loads(body) if body else {})

            def answer(self, sent: dict[str, Any]) -> None:
                parts = urlsplit(self.path)
                status, told = services.reply(parts.path, dict(parse_qsl(parts.query)), sent, dict(self.headers), parts.query)
                content = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def reply(self, path: str, query: dict[str, str], sent: dict[str, Any], headers: dict[str, str], raw: str) -> tuple[int, Any]:
        if path == "/cgi-bin/gettoken":
            self.passes += 1
            good = query["corpsecret"] == SECRET
            return 200, {"errcode": 0, "access_token": "wecom-pass", "expires_in": 7200} if good else {
                "errcode": 40001,
                "errmsg": "bad secret",
            }
        if path == "/cgi-bin/stable_token":
            return 200, {"access_token": "wechat-pass", "expires_in": 7200} if sent["secret"] == SECRET else {
                "errcode": 40125,
                "errmsg": "bad",
            }
        if path == "/v1.0/oauth2/accessToken":
            good = sent["appSecret"] == SECRET
            return (200, {"accessToken": "ding-pass", "expireIn": 7200}) if good else (400, {"code": "invalidClient", "message": "no"})
        if self.refusing:
            return 200, {"errcode": 81013, "errmsg": "user not in party", "Code": "isv.LIMIT", "Message": "too many"}
        if path == "/cgi-bin/message/send":
            return self.take("wecom", query["access_token"] == "wecom-pass", {"errcode": 0, "msgid": "w1"}, sent)
        if path == "/cgi-bin/message/template/send":
            return self.take("wechat", query["access_token"] == "wechat-pass", {"errcode": 0, "msgid": 77}, sent)
        if path == "/v1.0/robot/oToMessages/batchSend":
            return self.take("dingtalk", headers["x-acs-dingtalk-access-token"] == "ding-pass", {"processQueryKey": "d1"}, sent)
        if headers.get("x-acs-action") == "SendSms":
            return self.take("sms", signed(headers, raw), {"Code": "OK", "BizId": "b1"}, query)
        return self.take("webhook", "webhook-signature" in headers, {}, sent)

    def take(self, name: str, proven: bool, told: Any, sent: dict[str, Any]) -> tuple[int, Any]:
        if not proven:
            return 401, {"code": "unauthorized"}
        self.taken.append((name, sent))
        return 200, told


def signed(headers: dict[str, str], raw: str) -> bool:
    """The signature recomputed from what arrived, as the service does."""
    told = {name.lower(): value for name, value in headers.items()}
    names = told["authorization"].partition("SignedHeaders=")[2].partition(",")[0]
    query = "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in sorted(parse_qsl(raw)))
    lines = "".join(f"{name}:{told[name]}\n" for name in names.split(";"))
    canonical = f"POST\n/\n{query}\n{lines}\n{names}\n{told['x-acs-content-sha256']}"
    text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    expected = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    return told["authorization"].endswith(f"Signature={expected}")


class Mail:
    """A mail server without encryption; `letters` are what it took."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.commands: list[str] = []
        mail = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 ready")
                for line in self.rfile:
                    command = line.decode().strip()
                    mail.commands.append(command)
                    verb = command.upper().partition(" ")[0]
                    if verb == "DATA":
                        self.say("354 go on")
                        mail.letters.append(self.letter())
                        self.say("250 taken")
                    elif verb == "QUIT":
                        self.say("221 bye")
                        return
                    elif verb == "RCPT" and "nobody" in command:
                        self.say("550 no such user")
                    else:
                        self.say("250 ok")

            def letter(self) -> str:
                lines = []
                for line in self.rfile:
                    if line.strip() == b".":
                        break
                    lines.append(line.decode())
                return "".join(lines)

            def say(self, text: str) -> None:
                self.wfile.write(f"{text}\r\n".encode())

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
