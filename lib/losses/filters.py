"""What the loss analysis can be narrowed to, and the sentences' shape and values for it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from db.queries.channels import after
from db.queries.losses.shape import Shape
from db.terms import LossDomain, RenewalType
from lib.access import Scope
from lib.periods import Period

BOTH = (LossDomain.LEAD, LossDomain.RENEWAL)


@dataclass(frozen=True)
class Gap:
    """A range of price gaps of one domain, in yuan, its upper end left out; none: no upper end."""

    domain: LossDomain
    least: Decimal
    below: Decimal | None


@dataclass(frozen=True)
class LossFilters:
    """What is wanted; nothing chosen leaves everything. `reasons` are ids of the second level, of either domain."""

    domains: tuple[LossDomain, ...] = BOTH
    people: tuple[int, ...] = ()
    models: tuple[int, ...] = ()
    insurers: tuple[str, ...] = ()
    types: tuple[RenewalType, ...] = ()
    reasons: tuple[int, ...] | None = None
    competitors: tuple[str, ...] = ()
    gap: Gap | None = None

    @property
    def followed(self) -> tuple[LossDomain, ...]:
        """The domains that can follow what is chosen: a model is a lead's, an insurer and a type a renewal's."""
        wanted = set(self.domains)
        if self.models:
            wanted &= {LossDomain.LEAD}
        if self.insurers or self.types:
            wanted &= {LossDomain.RENEWAL}
        if self.gap is not None:
            wanted &= {self.gap.domain}
        return tuple(each for each in BOTH if each in wanted)

    @property
    def whole(self) -> "LossFilters":
        """The same without what is asked of losses alone."""
        return replace(self, reasons=None, competitors=(), gap=None)


def shape(scope: Scope, filters: LossFilters, domain: LossDomain) -> Shape:
    """Which conditions the sentences need."""
    lead = domain is LossDomain.LEAD
    return Shape(
        domain, scope.path is not None, bool(filters.people) or scope.owner_id is not None,
        bool(filters.models if lead else filters.insurers), filters.reasons is not None, bool(filters.competitors),
        filters.gap is not None, bool(filters.types) and not lead,
    )  # fmt: skip


def parameters(scope: Scope, period: Period, filters: LossFilters, domain: LossDomain) -> dict[str, Any]:
    """The values of the sentences' parameters. An own-cases scope leaves nobody else's, whatever is asked."""
    values: dict[str, Any] = {
        "first": period.first, "last": period.last, "people": _people(scope, filters),
        "things": filters.models if domain is LossDomain.LEAD else filters.insurers, "types": filters.types,
        "reasons": filters.reasons or (), "competitors": filters.competitors,
    }  # fmt: skip
    if scope.path is not None:
        values |= {"path": scope.path, "path_end": after(scope.path)}
    if filters.gap is not None:
        values |= {"gap_from": filters.gap.least, "gap_to": filters.gap.below}
    return values


def _people(scope: Scope, filters: LossFilters) -> tuple[int, ...]:
    if scope.owner_id is None:
        return filters.people
    return tuple(each for each in filters.people or (scope.owner_id,) if each == scope.owner_id)
