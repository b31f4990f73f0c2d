"""Where the renewals of a window of `due_on` went, at the finest grain that is counted.

Parameters as in `db.queries.losses.decided`, without those of losses alone, and `today`. Void ones are left out.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from db.queries.channels import subtree
from db.queries.insurers import insurer_of
from db.queries.losses.shape import Shape
from db.queries.months import month_of
from db.queries.renewal_figures import outcomes
from db.tables import Renewal
from db.terms import RenewalStatus

Rows = Select[*tuple[Any, ...]]
R = Renewal

WENT = ("renewed", "lost", "lapsed", "open_quoted", "open_unquoted")


LOST_FOR = case((R.status == RenewalStatus.LOST, R.loss_reason_id))


@cache
def by_group(shape: Shape) -> Any:
    """Where they went by one of `person`, `type`, `channel`, `thing` and, for the lost ones, `reason`.

    `renewed`, `lost`, `lapsed`, `open_quoted`, `open_unquoted` add up to those due. Insurers are asked for by
    themselves: each has to be looked up.
    """
    cube = _counted(
        shape, R.channel_id, R.owner_id.label("person_id"), R.type, LOST_FOR.label("reason_id")
    ).cte("due")  # fmt: skip
    insured = _counted(shape, insurer_of(R.id).label("thing")).cte("insured")
    no_id, no_text = cast(null(), BigInteger), cast(null(), String)
    grains: dict[str, tuple[Any, Any, Any, Any]] = {
        "person": (cube, cube.c.person_id, cube.c.person_id, no_text),
        "type": (cube, cube.c.type, no_id, cast(cube.c.type, String)),
        "channel": (cube, cube.c.channel_id, cube.c.channel_id, no_text),
        "reason": (cube, cube.c.reason_id, cube.c.reason_id, no_text),
        "thing": (insured, insured.c.thing, no_id, insured.c.thing),
    }
    return union_all(
        *(
            select(
                literal(name, String).label("grain"), key.label("key_id"), text.label("key_text"), *_sums(source)
            ).group_by(grouped)
            for name, (source, grouped, key, text) in grains.items()
        )
    )  # fmt: skip


@cache
def by_month(shape: Shape) -> Rows:
    """Where they went by month of due_on; days are counted first, as their index has them."""
    days = _counted(shape, R.due_on).subquery("days")
    month = month_of(days.c.due_on)
    return select(month.label("month"), *_sums(days)).group_by(month)


def _counted(shape: Shape, *keys: Any) -> Rows:
    """How many went where, by some columns."""
    said = outcomes()
    states = {**{name: said[name] for name in WENT[:4]}, "open_unquoted": said["open"] & ~said["open_quoted"]}
    each = select(
        *keys, *(case((condition, 1), else_=0).label(name) for name, condition in states.items())
    ).where(*in_window(shape)).subquery("each")  # fmt: skip
    names = [each.c[key.name] for key in keys]
    return select(*names, *_sums(each)).group_by(*names)


def in_window(shape: Shape) -> list[ColumnElement[bool]]:
    """The renewals due in the window within the scope and the filters."""
    conditions: list[ColumnElement[bool]] = [
        R.due_on.between(bindparam("first"), bindparam("last")), R.status != RenewalStatus.VOID
    ]  # fmt: skip
    if shape.scoped:
        conditions.append(R.channel_id.in_(subtree()))
    if shape.people:
        conditions.append(R.owner_id.in_(bindparam("people", expanding=True)))
    if shape.things:
        conditions.append(insurer_of(R.id).in_(bindparam("things", expanding=True)))
    if shape.types:
        conditions.append(R.type.in_(bindparam("types", expanding=True)))
    return conditions


def _sums(source: Any) -> list[Any]:
    return [func.sum(source.c[name]).label(name) for name in WENT]
