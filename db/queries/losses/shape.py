"""Which conditions a sentence of the loss analysis has."""

from dataclasses import dataclass

from db.terms import LossDomain


@dataclass(frozen=True)
class Shape:
    """Losses of leads or of renewals, in a subtree or the whole group, and which filters are in use.

    A thing is the lead's car model or the renewal's insurer. Of renewals alone: their types.
    """

    domain: LossDomain
    scoped: bool = False
    people: bool = False
    things: bool = False
    reasons: bool = False
    competitors: bool = False
    gap: bool = False
    types: bool = False
