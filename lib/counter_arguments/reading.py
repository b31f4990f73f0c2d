"""The arguments as a case and the settings show them."""

from dataclasses import dataclass

from sqlalchemy import Connection

from db.queries import counter_arguments as queries
from db.terms import LossDomain, Subject
from lib.data import reads


@dataclass(frozen=True)
class Argument:
    """One answer to a reason of either level; `group_id` is the reason's first level."""

    id: int
    loss_reason_id: int
    group_id: int
    reason: tuple[str, ...]
    reason_en: tuple[str, ...]
    title: str
    title_en: str
    text: str
    text_en: str
    position: int
    active: bool
    version: int


@reads(Subject.COUNTERMEASURES, Subject.SETTINGS)
def arguments(connection: Connection, domain: LossDomain) -> tuple[Argument, ...]:
    """Every argument of a domain in its order, those no longer shown too."""
    return tuple(
        Argument(
            row.id, row.loss_reason_id, row.group_id, tuple(filter(None, (row.group, row.reason))),
            tuple(filter(None, (row.group_en, row.reason_en))), row.title, row.title_en, row.text, row.text_en,
            row.position, row.active, row.version,
        )
        for row in connection.execute(queries.listed(domain))
    )  # fmt: skip


def shown(found: tuple[Argument, ...]) -> dict[tuple[str, ...], tuple[Argument, ...]]:
    """Those that are shown on cases, by their reason."""
    by_reason: dict[tuple[str, ...], list[Argument]] = {}
    for each in found:
        if each.active:
            by_reason.setdefault(each.reason, []).append(each)
    return {reason: tuple(each) for reason, each in by_reason.items()}
