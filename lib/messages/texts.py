"""What an SMS says: its variables, its frame (signature, opt-out), its length and segments."""

import math
from collections.abc import Mapping
from decimal import Decimal
from string import Formatter

from db.terms import MessageKind
from lib.refusals import N_, Invalid

SINGLE, SEGMENT = 70, 67  # characters of one SMS, and of each part of a longer one
LONGEST = 5 * SEGMENT
OPT_OUT = "拒收请回复R"
INSURER_DECIDES = "以保险公司核保为准"
ENDS = "。！？.!?"

# Looked up at the moment of sending and kept nowhere, with the word that stands in where there is none.
PERSONAL = {"customer": "车主", "plate": "您的爱车"}
COMMON = ("customer", "plate", "due_on", "store", "specialist")
VARIABLES: dict[MessageKind, tuple[str, ...]] = {
    MessageKind.QUOTE: (*COMMON, "amount", "plan", "plans"),
    MessageKind.REMINDER: COMMON,
}
# What a manager reads a text with while writing it.
EXAMPLE = {
    "customer": "张三丰", "plate": "云A12345", "due_on": "12月3日", "store": "云帆店", "specialist": "王芳",
    "plan": "均衡", "amount": "3,912", "plans": "基本2,287.50元、均衡3,912元、全面5,460元",
}  # fmt: skip


def used(body: str) -> frozenset[str]:
    """The variables of a text. `Invalid` for a brace that is no variable."""
    try:
        parts = list(Formatter().parse(body))
    except ValueError as error:
        raise _lone_brace() from error
    for _, name, form, conversion in parts:
        if name is not None and (not name.isidentifier() or form or conversion):
            raise _lone_brace()
    return frozenset(name for _, name, _, _ in parts if name)


def check(kind: MessageKind, body: str) -> str:
    """The text of a template as it may be kept. `Invalid` says what is wrong with it."""
    text = body.strip()
    if not text:
        raise Invalid(N_("Write the text of the message."), field="body")
    unknown = used(text) - set(VARIABLES[kind])
    if unknown:
        raise Invalid(
            N_("This text cannot use {unknown}. It may use {allowed}."), field="body",
            unknown=_listed(unknown), allowed=_listed(VARIABLES[kind]),
        )  # fmt: skip
    if "【" in text or "】" in text or OPT_OUT in text:
        raise Invalid(N_("Leave out the signature and the opt-out: they are added to every message."), field="body")
    if kind is MessageKind.QUOTE and INSURER_DECIDES not in text:
        raise Invalid(N_("A quote must say “{sentence}”."), field="body", sentence=INSURER_DECIDES)
    return text


def framed(signature: str, body: str, values: Mapping[str, str]) -> str:
    """The whole SMS: 【signature】, the text with its values, the way out. `Invalid` for a variable without a value."""
    if not used(body) <= set(values):  # the rest is always there
        raise Invalid(N_("This text tells the premium of a plan. Choose a saved trial, or another text."))
    text = body.format(**values).strip()
    end = "" if text.endswith(tuple(ENDS)) else "。"
    return f"【{signature}】{text}{end}{OPT_OUT}"


def length(text: str) -> int:
    """Characters as networks count them (UCS-2: an emoji is two)."""
    return len(text.encode("utf-16-le")) // 2


def segments(text: str) -> int:
    """How many SMS a text is charged as."""
    characters = length(text)
    return 1 if characters <= SINGLE else math.ceil(characters / SEGMENT)


def yuan(amount: Decimal) -> str:
    """3,912 or 3,912.50."""
    return f"{amount:,.2f}".removesuffix(".00")


def _listed(names: object) -> str:
    return "、".join(f"{{{name}}}" for name in sorted(names))  # type: ignore[call-overload]


def _lone_brace() -> Invalid:
    return Invalid(N_("A brace is only for variables such as {example}."), field="body", example="{amount}")
