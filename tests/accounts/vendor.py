"""A server that speaks what WeChat, DingTalk and WeCom document of their log-ins. It knows one code, once, and one person."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

CODE, SECRET = "code-1", "hush"
IDS = {"weixin": "wx-app", "dingtalk": "ding-app", "wecom": "corp-1:1000002"}
WRONG = {"errcode": 40029, "errmsg": "invalid code"}


class Vendor:
    """All three services at one address; `person` is who scans the code, `asked` what was asked of it."""

    def __init__(self) -> None:
        self.person, self.used, self.asked = "li", False, []
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                self.told(vendor.get(parts.path, dict(parse_qsl(parts.query)), self.headers))

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                raw = self.rfile.read(length).decode()
                sent = json.loads(raw) if raw.startswith("{") else dict(parse_qsl(raw))
                self.told(vendor.post(urlsplit(self.path).path, sent))

            def told(self, answer: dict[str, Any]) -> None:
                body = json.dumps(answer).encode()
                self.send_response(int(answer.get("_status", 200)))
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def redeem(self, code: str) -> bool:
        good, self.used = code == CODE and not self.used, True
        return good

    def get(self, path: str, asked: dict[str, str], headers: Any) -> dict[str, Any]:
        self.asked.append(path)
        if path == "/sns/userinfo":
            known = asked == {"access_token": "wx-token", "openid": f"open-{self.person}"}
            return {"openid": f"open-{self.person}", "unionid": f"union-{self.person}", "nickname": "Li"} if known else WRONG
        if path == "/v1.0/contact/users/me":
            if headers["x-acs-dingtalk-access-token"] != "ding-token":
                return {"_status": 401, "code": "InvalidAuthentication"}
            return {"nick": "Li", "unionId": f"union-{self.person}", "openId": f"open-{self.person}"}
        if path == "/cgi-bin/gettoken":
            good = asked == {"corpid": "corp-1", "corpsecret": SECRET}
            return {"errcode": 0, "errmsg": "ok", "access_token": "corp-token", "expires_in": 7200} if good else {"errcode": 40001}
        if path == "/cgi-bin/auth/getuserinfo":
            good = asked.get("access_token") == "corp-token" and self.redeem(asked.get("code", ""))
            stranger = {"openid": "outsider", "external_userid": "wm-1"}
            return ({"errcode": 0, **({"userid": self.person} if self.person else stranger)}) if good else WRONG
        return {"_status": 404}

    def post(self, path: str, sent: dict[str, str]) -> dict[str, Any]:
        self.asked.append(path)
        if path == "/sns/oauth2/access_token":
            good = sent.get("appid") == IDS["weixin"] and sent.get("secret") == SECRET and self.redeem(sent.get("code", ""))
            return (
                {"access_token": "wx-token", "expires_in": 7200, "refresh_token": "r", "openid": f"open-{self.person}"} if good else WRONG
            )
        if path == "/v1.0/oauth2/userAccessToken":
            good = sent.get("clientId") == IDS["dingtalk"] and sent.get("clientSecret") == SECRET and self.redeem(sent.get("code", ""))
            token = {"accessToken": "ding-token", "refreshToken": "r", "expireIn": 7200}
            return token if good and sent.get("grantType") == "authorization_code" else {"_status": 400, "code": "invalidParameter"}
        return {"_status": 404}
