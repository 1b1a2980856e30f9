"""How far a value has to be protected: a class for every field that is more than everyday business data (docs/security.md)."""

from __future__ import annotations

PERSONAL, PAYMENT, CONFIDENTIAL = "personal", "payment", "confidential"
"""Of a person, by whom it can be known or reached; where money goes to; what not everybody in the house may know."""
CLASSES = (PERSONAL, PAYMENT, CONFIDENTIAL)
BY_TYPE = {"email": PERSONAL, "phone": PERSONAL}
BY_WORD = {
    **dict.fromkeys(("email", "phone", "mobile", "fax", "birthday", "birth", "gender", "hired", "passport", "wechat"), PERSONAL),
    "bank": PAYMENT,
}
OF_NUMBERS = dict.fromkeys(("cost", "costs", "margin", "floor", "profit", "commission", "salary", "wage"), CONFIDENTIAL)
NUMBERS = {"money", "price", "decimal", "percent"}


def of(name: str, kind: str) -> str:
    """The class of a field by its type and the words of its name; empty for everyday business data."""
    words = name.split("_")
    found = [BY_TYPE.get(kind), *(BY_WORD.get(word) for word in words)]
    found += [OF_NUMBERS.get(word) for word in words] if kind in NUMBERS else []
    return next((one for one in found if one), "")
