"""What a number of a comparison opens: the rows of a rate in either period, of all groups or of one."""

from dataclasses import replace
from typing import cast

from db.terms import LossDomain
from lib.losses.movers import LAPSED, OPEN, By
from lib.losses.picture import Key
from lib.losses.rows import Group, Went, Which
from lib.periods import Period
from lib.ui.losses.rows import Opened

OWN = {By.PERSON: ("people",), By.THING: ("models", "insurers"), By.TYPE: ("types",), By.REASON: ("reasons",)}
"""What is selected of the groups themselves is left out: the others are compared with it."""
WHOLE = object()


def opens(slug: str, by: By, span: Period, group: object = WHOLE) -> Opened:
    """The rows of a rate's cases in some days: of all, or of one group; of a reason those that it took."""
    losses, dropped = slug == "loss_rate", OWN.get(by, ())
    opened = Opened(slug, Which.DECIDED if losses else None, None if losses else Went.DUE, window=span,
                    dropped=dropped)  # fmt: skip
    if group is WHOLE:
        return opened
    match by:
        case By.REASON if losses:
            return replace(opened, slug="losses", which=Which.LOST, reason=str(group))
        case By.REASON:
            left = {LAPSED: Went.LAPSED, OPEN: Went.OPEN}.get(str(group))
            return replace(opened, went=left or Went.LOST, reason=None if left else str(group))
        case By.THING:
            domain, key = cast("tuple[LossDomain, Key]", group)
            return replace(opened, group=Group(by.value, key, domain))
        case By.TYPE if group is None:
            return replace(opened, group=Group(None, None, LossDomain.LEAD))
        case By.TYPE:
            return replace(opened, group=Group(by.value, str(group), LossDomain.RENEWAL))
    return replace(opened, group=Group(by.value, cast("Key", group)))
