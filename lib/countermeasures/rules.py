"""What may follow what, and from when on there is something to measure. Pure."""

from db.terms import CountermeasureState
from lib.refusals import N_, Invalid

State = CountermeasureState

TRANSITIONS: dict[CountermeasureState, tuple[CountermeasureState, ...]] = {
    State.PLANNED: (State.RUNNING, State.DONE, State.DROPPED),
    State.RUNNING: (State.DONE, State.DROPPED),
    State.DONE: (State.RUNNING,),
    State.DROPPED: (State.RUNNING,),
}
CLOSED = frozenset({State.DONE, State.DROPPED})
TOLD_WHY = frozenset({State.DROPPED})


def check(before: CountermeasureState, after: CountermeasureState, why: str) -> None:
    """`Invalid` for a state that may not follow, and for giving up or starting again without a word why."""
    if after is before:
        raise Invalid(N_("Choose how far it is now."), field="state")
    if after not in TRANSITIONS[before]:
        raise Invalid(N_("This state cannot follow here."), field="state")
    if (after in TOLD_WHY or before in CLOSED) and not why.strip():
        raise Invalid(N_("Write why."), field="text")
