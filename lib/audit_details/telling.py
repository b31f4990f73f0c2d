"""What an audit entry holds, as pairs of a name and what is said: old → new where both are there, nothing left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lib.audit_details.values import Teller, name, value

Pair = tuple[str, str]

OLD, NEW = "old", "new"
CHANGE = "change"  # what an old and a new value beside each other are of
OWN_KEYS = frozenset({"version", "event_id"})
REASON = re.compile(r"(?P<name>.+) / (?P<name_en>.+) (?P<position>\d+) (?P<active>on|off) (?P<controllable>\w+)")


def told(teller: Teller) -> tuple[Pair, ...]:
    """Every detail of an entry that holds something, in the order in which it was recorded; our own keys last."""
    ordered = dict(sorted(teller.details.items(), key=lambda each: each[0] in OWN_KEYS))
    return tuple(_pairs(replace(teller, details=ordered)))


def _pairs(teller: Teller) -> Iterator[Pair]:
    details = teller.details
    both = OLD in details and NEW in details
    for key, held in details.items():
        if key == NEW and both:
            continue
        if key == OLD and both:
            yield from _change(teller, _taken_apart(held), _taken_apart(details[NEW]))
        elif key in (OLD, NEW):
            yield from _whole(key, _taken_apart(held), teller)
        elif key == "changed" and isinstance(held, Mapping):
            yield from (_step(each, pair, teller) for each, pair in held.items())
        elif teller.subject == "channels" and isinstance(held, list):
            yield _step(key, held, teller)
        elif held is not None:
            yield name(key, teller), value(key, held, teller)


def _change(teller: Teller, old: Any, new: Any) -> Iterator[Pair]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from (_step(key, [old.get(key), new.get(key)], teller) for key in {**old, **new})
    else:
        yield _step(CHANGE, [old, new], teller)


def _whole(key: str, held: Any, teller: Teller) -> Iterator[Pair]:
    """What was, or is, with nothing to compare it with."""
    if isinstance(held, Mapping):
        yield from ((name(each, teller), value(each, said, teller)) for each, said in held.items())
    elif held is not None:
        yield name(key, teller), value(CHANGE, held, teller)


def _step(key: str, held: Any, teller: Teller) -> Pair:
    """Old → new; said once where nothing changed."""
    if not isinstance(held, list) or len(held) != 2:
        return name(key, teller), value(key, held, teller)
    old, new = (value(key, each, teller) for each in held)
    return name(key, teller), old if held[0] == held[1] else f"{old} → {new}"


def _taken_apart(held: Any) -> Any:
    """A reason for a loss is kept as one line."""
    found = REASON.fullmatch(held) if isinstance(held, str) else None
    return held if found is None else {**found.groupdict(), "active": found["active"] == "on"}


def line(pairs: tuple[Pair, ...], teller: Teller) -> str:
    """The pairs in one line."""
    said = (teller.words.say("{name}: {value}", name=each, value=held) for each, held in pairs)
    return ("；" if teller.words.language == "zh" else "; ").join(said)
