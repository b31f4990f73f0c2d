"""The reasons as the analysis counts by them: two levels, in both domains."""

from dataclasses import dataclass

from sqlalchemy import Connection

from db.queries.losses import reasons as queries
from db.terms import Controllable, LossDomain, Subject
from lib.data import reads

WITHIN_REACH = frozenset({Controllable.YES, Controllable.PARTLY})


@dataclass(frozen=True)
class Reason:
    """A second-level reason; `group` is the slug of its first level. `code` names it in an address."""

    id: int
    domain: LossDomain
    slug: str
    name: str
    name_en: str
    controllable: Controllable
    group: str
    group_name: str
    group_name_en: str

    @property
    def code(self) -> str:
        return f"{self.domain}.{self.group}.{self.slug}"

    @property
    def group_code(self) -> str:
        """The name of its first level in an address."""
        return f"{self.domain}.{self.group}"

    @property
    def within_reach(self) -> bool:
        """Whether we can do something about it, wholly or in part."""
        return self.controllable in WITHIN_REACH


@reads(Subject.SETTINGS)
def reasons(connection: Connection) -> tuple[Reason, ...]:
    """Every reason in the order of the dictionary, those no longer offered too: their losses stay."""
    return tuple(Reason(**row._mapping) for row in connection.execute(queries.reasons()))


def matching(
    known: tuple[Reason, ...], codes: tuple[str, ...], controllable: tuple[Controllable, ...] = ()
) -> tuple[int, ...] | None:
    """The ids of the reasons of either level that are named, as far as they are so controllable; none: all of them."""
    if not codes and not controllable:
        return None
    return tuple(
        each.id
        for each in known
        if (not codes or each.code in codes or each.group_code in codes)
        and (not controllable or each.controllable in controllable)
    )
