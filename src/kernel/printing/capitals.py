"""Amounts in Chinese capitals (大写金额), as contracts, receipts and cheques carry them so that no digit can be changed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
SMALL = ("", "拾", "佰", "仟")
LARGE = ("", "万", "亿", "万亿", "亿亿")
NAMES = {"CNY": "人民币", "USD": "美元", "EUR": "欧元", "JPY": "日元", "HKD": "港币"}


def capitals(amount: Decimal, currency: str = "CNY") -> str:
    """231000 → 人民币贰拾叁万壹仟元整; to the fen, halves away from zero."""
    rounded = abs(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    yuan, fen = divmod(int(rounded * 100), 100)
    text = (_whole(yuan) + "元" if yuan or not fen else "") + _part(fen, bool(yuan))
    return NAMES.get(currency, currency) + ("负" if amount < 0 and rounded else "") + text


def _whole(number: int) -> str:
    """A whole number: groups of four digits, one zero for any run of them between digits."""
    if number == 0:
        return DIGITS[0]
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += DIGITS[0]
        text += _four(group) + LARGE[place]
        gap = False
    return text


def _four(group: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (DIGITS[0] if gap else "") + DIGITS[digit] + SMALL[place]
        gap = False
    return text


def _part(fen: int, after_yuan: bool) -> str:
    """Jiao and fen; whole amounts, and those that end with jiao, are closed with 整."""
    jiao, rest = divmod(fen, 10)
    if not fen:
        return "整"
    if not rest:
        return f"{DIGITS[jiao]}角整"
    first = f"{DIGITS[jiao]}角" if jiao else DIGITS[0] if after_yuan else ""
    return f"{first}{DIGITS[rest]}分"
