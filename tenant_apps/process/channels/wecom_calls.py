"""What WeCom calls when somebody presses a button: signed and encrypted (developer.work.weixin.qq.com, 加解密方案说明, 模板卡片事件推送).

Token and key of an account follow from the platform's secret, so nothing is stored; an administrator enters them at WeCom once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import string
import struct
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.padding import PKCS7
from django.conf import settings

from kernel import config

LETTERS = string.ascii_letters + string.digits
TEXT = re.compile(r"<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<>]*))</\1>", re.DOTALL)
"""Their messages are flat: names and texts. Read so, nothing in them can be expanded or fetched."""
BLOCK_BITS = 256
HEAD = 20
LATE = 600
"""Seconds after which a call is one that somebody has kept and sent again."""


class Untrue(Exception):
    """Not from WeCom, not for this account, or too old."""


@dataclass(frozen=True)
class Keys:
    """What both sides know."""

    token: str
    aes: str
    corp: str

    @property
    def key(self) -> bytes:
        return base64.b64decode(f"{self.aes}=")

    def signature(self, *parts: str) -> str:
        return hashlib.sha1("".join(sorted([self.token, *parts])).encode(), usedforsecurity=False).hexdigest()

    def opened(self, sealed: str, query: dict[str, str], now: float) -> str:
        """The message in a call, when it is signed, fresh and meant for this corporation."""
        stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        if not hmac.compare_digest(self.signature(stamp, nonce, sealed), query.get("msg_signature", "")):
            raise Untrue
        if not stamp.isdecimal() or abs(now - int(stamp[:12])) > LATE:
            raise Untrue
        try:
            box = Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16])).decryptor()
            padding = PKCS7(BLOCK_BITS).unpadder()
            plain = padding.update(box.update(base64.b64decode(sealed, validate=True)) + box.finalize()) + padding.finalize()
            (length,) = struct.unpack(">I", plain[16:HEAD])
            message, corp = plain[HEAD : HEAD + length].decode(), plain[HEAD + length :].decode()
        except (ValueError, struct.error) as bad:
            raise Untrue from bad
        if corp != self.corp:
            raise Untrue
        return message

    def sealed(self, message: str, now: float) -> str:
        """An answer as WeCom reads it."""
        content = message.encode()
        padding = PKCS7(BLOCK_BITS).padder()
        plain = secrets.token_bytes(16) + struct.pack(">I", len(content)) + content + self.corp.encode()
        box = Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16])).encryptor()
        body = base64.b64encode(box.update(padding.update(plain) + padding.finalize()) + box.finalize()).decode()
        stamp, nonce = str(int(now)), secrets.token_hex(8)
        return (
            f"<xml><Encrypt><![CDATA[{body}]]></Encrypt><MsgSignature><![CDATA[{self.signature(stamp, nonce, body)}]]></MsgSignature>"
            f"<TimeStamp>{stamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )


@dataclass(frozen=True)
class Press:
    """Somebody pressed a button of one of our cards."""

    who: str
    task: int
    turn: int
    verb: str
    to: str


def keys(channel: int, corp: str) -> list[Keys]:
    """The account's token and key; those of earlier secrets of the platform after the present ones."""
    return [_keys(str(secret), channel, corp) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _keys(secret: str, channel: int, corp: str) -> Keys:
    info = f"millwright wecom {config.schema()} {channel}".encode()
    raw = HKDF(algorithm=hashes.SHA256(), length=75, salt=None, info=info).derive(secret.encode())
    text = "".join(LETTERS[byte % len(LETTERS)] for byte in raw)
    return Keys(text[:32], text[32:], corp)


def envelope(body: bytes) -> str:
    """The sealed part of what was posted."""
    return _texts(body.decode("utf-8", "replace")).get("Encrypt", "")


def press(message: str) -> Press | None:
    """Which button of which card; None when something else happened."""
    told = _texts(message)
    parts = told.get("TaskId", "").split("-")
    if (
        told.get("Event") != "template_card_event"
        or len(parts) != 4
        or parts[0] != "turn"
        or not all(one.isdecimal() for one in parts[1:3])
    ):
        return None
    return Press(told.get("FromUserName", ""), int(parts[1]), int(parts[2]), told.get("EventKey", ""), told.get("ToUserName", ""))


def button(pressed: Press, text: str, now: float) -> str:
    """The answer by which the pressed card says what came of it."""
    return (
        f"<xml><ToUserName>{escape(pressed.who)}</ToUserName><FromUserName>{escape(pressed.to)}</FromUserName><CreateTime>{int(now)}</CreateTime>"
        f"<MsgType>update_button</MsgType><Button><ReplaceName>{escape(text)}</ReplaceName></Button></xml>"
    )


def _texts(xml: str) -> dict[str, str]:
    return {name: held or plain for name, held, plain in TEXT.findall(xml)}
