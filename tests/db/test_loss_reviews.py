"""The review of losses: who sees and judges which, questions and answers, corrections, two managers on one loss."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.engine import Database
from db.terms import LossReviewState, RenewalEventKind, RenewalStatus
from lib import data
from lib.access import Scope
from lib.clock import now
from lib.leads import steps
from lib.leads.steps import Step
from lib.loss_reviews import answering, figures, judging, reading
from lib.loss_reviews.answering import Answer, Correction
from lib.loss_reviews.reading import Loss, Seen
from lib.losses.filters import LossFilters
from lib.periods import Period
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from lib.renewals import acts, undoing
from lib.renewals.case import case
from tests.cases import events, row, today
from tests.db.leads import showroom
from tests.db.leads.showroom import reason
from tests.facts import at, facts
from tests.losses import LEAD, RENEWAL, loss_of, lost_lead, lost_renewal
from tests.personas import Personas, people

State = LossReviewState
BOTH = (LEAD, RENEWAL)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def made(store: Database) -> Personas:
    return people()


def waiting(made: Personas, who: str = "manager", state: State | None = None) -> list[Loss]:
    return list(data.read(reading.page, made.actors[who].own_scope, BOTH, state, LONG_AGO).rows)


def give_back(made: Personas, loss: Loss, question: str = "差价是怎么来的？") -> None:
    data.write(judging.give_back, made.manager, loss.seen, question)


def answer(loss: Loss, text: str = "客户给看了对方报价单", correction: Correction | None = None) -> Answer:
    assert loss.review is not None
    return Answer(loss.event_id, loss.review.version, loss.case_version, text, correction)


def test_new_losses_of_both_kinds_wait_latest_first_and_masked(made: Personas) -> None:
    renewal, lead = lost_renewal(made), lost_lead(made)
    lost_renewal(made, owner="other_specialist", channel="S2")
    found = waiting(made)
    assert [(each.domain, each.case_id) for each in found] == [(LEAD, lead), (RENEWAL, renewal)]
    assert (found[1].customer, found[1].note, found[1].number and found[1].number[2:5]) == (
        "欧***", "客户电话 138****8000", "***",
    )  # fmt: skip
    assert (found[1].reason, found[1].competitor) == (("价格", "电网销更低"), "平安直销")
    assert len(waiting(made, "boss")) == 3


def test_what_was_taken_back_waits_for_nobody(made: Personas) -> None:
    key, lead = lost_renewal(made), lost_lead(made)
    seen = loss_of(made, RENEWAL, key).seen
    data.write(undoing.undo, made.specialist, key, row(key).version)
    data.write(steps.undo, made.consultant, lead, showroom.lead(lead).version)
    assert waiting(made) == []
    with pytest.raises(NotFound):
        data.write(judging.accept, made.manager, (seen,))


def test_several_are_accepted_at_once_and_leave_the_list(made: Personas) -> None:
    lost_renewal(made)
    lost_lead(made)
    assert data.write(judging.accept, made.manager, reading.names(waiting(made))) == 2
    assert waiting(made) == []
    assert {each.review.state for each in waiting(made, state=State.ACCEPTED) if each.review} == {State.ACCEPTED}
    counted = data.read(reading.counts, made.manager.own_scope, BOTH, LONG_AGO)
    assert counted == {None: 0, State.ACCEPTED: 2, State.RETURNED: 0, State.ANSWERED: 0}


def test_the_second_manager_is_told_and_nothing_of_theirs_is_kept(made: Personas) -> None:
    first, second = loss_of(made, RENEWAL, lost_renewal(made)), loss_of(made, LEAD, lost_lead(made))
    data.write(judging.accept, made.boss, (first.seen,))
    with pytest.raises(Conflict) as told:
        data.write(judging.accept, made.manager, (second.seen, first.seen))
    assert told.value.values == {"who": "总一"}
    assert [each.event_id for each in waiting(made)] == [second.event_id]
    with pytest.raises(Conflict):
        give_back(made, first)


def test_a_word_that_was_changed_meanwhile_is_not_written_over(made: Personas) -> None:
    key = lost_renewal(made)
    give_back(made, loss_of(made, RENEWAL, key))
    seen = loss_of(made, RENEWAL, key)
    data.write(answering.answer_renewal, made.specialist, answer(seen))
    with pytest.raises(Conflict):
        data.write(judging.accept, made.manager, (seen.seen,))


@pytest.mark.parametrize("who", ["specialist", "consultant", "channel_manager", "admin", "finance"])
def test_only_managers_judge(made: Personas, who: str) -> None:
    seen = loss_of(made, RENEWAL, lost_renewal(made)).seen
    with pytest.raises(NotAllowed):
        data.write(judging.accept, made.actors[who], (seen,))
    with pytest.raises(NotAllowed):
        data.write(judging.give_back, made.actors[who], seen, "为什么")


def test_another_stores_manager_judges_nothing_here(made: Personas) -> None:
    seen = loss_of(made, RENEWAL, lost_renewal(made)).seen
    with pytest.raises(NotFound):
        data.write(judging.accept, made.other_manager, (seen,))


@pytest.mark.parametrize("question", ["", "  ", "问" * 1001])
def test_a_question_is_needed_to_return_a_loss(made: Personas, question: str) -> None:
    with pytest.raises(Invalid):
        give_back(made, loss_of(made, RENEWAL, lost_renewal(made)), question)


def test_nothing_chosen_is_not_accepted(made: Personas) -> None:
    with pytest.raises(Invalid):
        data.write(judging.accept, made.manager, ())


def test_a_returned_loss_comes_to_its_owner_alone(made: Personas) -> None:
    renewal, lead = lost_renewal(made), lost_lead(made)
    for loss in waiting(made):
        give_back(made, loss)

    def mine(who: str) -> list[int]:
        scope = made.actors[who].own_scope
        return [each.case_id for domain in BOTH for each in data.read(reading.returned, scope, domain)]

    assert (mine("specialist"), mine("consultant")) == ([renewal], [lead])
    assert (mine("colleague"), mine("other_specialist")) == ([], [])


def test_an_answer_is_seen_and_then_accepted(made: Personas) -> None:
    key = lost_renewal(made)
    give_back(made, loss_of(made, RENEWAL, key))
    data.write(answering.answer_renewal, made.specialist, answer(loss_of(made, RENEWAL, key), "手机 13812348000"))
    answered = waiting(made, state=State.ANSWERED)
    assert [(each.case_id, each.review and each.review.answer) for each in answered] == [(key, "手机 138****8000")]
    assert data.read(reading.returned, made.specialist.own_scope, RENEWAL) == ()
    data.write(judging.accept, made.manager, reading.names(answered))
    assert loss_of(made, RENEWAL, key).review.state is State.ACCEPTED  # type: ignore[union-attr]


def test_a_question_asked_again_takes_the_old_answer_away(made: Personas) -> None:
    key = lost_renewal(made)
    give_back(made, loss_of(made, RENEWAL, key))
    data.write(answering.answer_renewal, made.specialist, answer(loss_of(made, RENEWAL, key)))
    give_back(made, loss_of(made, RENEWAL, key), "报价单在哪？")
    review = loss_of(made, RENEWAL, key).review
    assert review is not None
    assert (review.state, review.question, review.answer) == (State.RETURNED, "报价单在哪？", None)


@pytest.mark.parametrize("text", ["", "  ", "答" * 1001])
def test_an_answer_says_something(made: Personas, text: str) -> None:
    key = lost_renewal(made)
    give_back(made, loss_of(made, RENEWAL, key))
    with pytest.raises(Invalid):
        data.write(answering.answer_renewal, made.specialist, answer(loss_of(made, RENEWAL, key), text))


def test_nobody_answers_for_another_or_what_was_not_asked(made: Personas) -> None:
    key, other = lost_renewal(made), lost_renewal(made)
    give_back(made, loss_of(made, RENEWAL, key))
    typed = answer(loss_of(made, RENEWAL, key))
    with pytest.raises(NotFound):
        data.write(answering.answer_renewal, made.other_specialist, typed)
    with pytest.raises(NotAllowed):
        data.write(answering.answer_renewal, made.consultant, typed)
    with pytest.raises(Invalid):
        data.write(
            answering.answer_renewal, made.specialist,
            Answer(loss_of(made, RENEWAL, other).event_id, 1, row(other).version, "无"),
        )  # fmt: skip


def test_a_corrected_renewal_loss_replaces_the_event_and_its_review_goes_along(made: Personas) -> None:
    key = lost_renewal(made)
    before = row(key)
    old = loss_of(made, RENEWAL, key)
    give_back(made, old)
    wanted = Correction(reason("broker", RENEWAL), "四海经纪", Decimal("120.50"))
    data.write(answering.answer_renewal, made.specialist, answer(loss_of(made, RENEWAL, key), "记错了", wanted))
    after, new = row(key), loss_of(made, RENEWAL, key)
    assert (after.status, after.loss_reason_id) == (RenewalStatus.LOST, reason("broker", RENEWAL))
    assert (after.closed_at, after.version) == (before.closed_at, before.version + 1)
    assert (new.at, new.competitor, new.price_gap_amount, new.note, new.countermeasure) == (
        old.at, "四海经纪", Decimal("120.50"), old.note, old.countermeasure,
    )  # fmt: skip
    assert new.event_id != old.event_id
    assert new.review is not None
    assert new.review.state is State.ANSWERED
    lost = [each.superseded_at is None for each in events(key) if each.kind == RenewalEventKind.LOST]
    assert sorted(lost) == [False, True]
    winback = data.fresh(lambda connection: reading.counts(connection, Scope(), BOTH, LONG_AGO))
    assert winback[State.ANSWERED] == 1


def test_a_number_typed_as_competitor_is_shown_masked_and_outlives_a_correction(made: Personas) -> None:
    key = lost_renewal(made, competitor="平安小李 13812348000")
    give_back(made, loss_of(made, RENEWAL, key))
    shown = loss_of(made, RENEWAL, key)
    assert shown.competitor == "平安小李 138****8000"
    story = data.fresh(case, made.specialist, key, today(), now()).story
    assert {each.competitor for each in story if each.competitor} == {"平安小李 138****8000"}
    wanted = Correction(reason("broker", RENEWAL), shown.competitor, Decimal(300))
    data.write(answering.answer_renewal, made.specialist, answer(shown, "记错了", wanted))
    assert [each.competitor for each in events(key) if each.competitor][-1] == "平安小李 13812348000"


def test_a_corrected_lead_loss_replaces_the_event_and_its_review_goes_along(made: Personas) -> None:
    key = lost_lead(made)
    old = loss_of(made, LEAD, key)
    give_back(made, old)
    wanted = Correction(reason("other_dealer"), "长风汽车城", None)
    data.write(answering.answer_lead, made.consultant, answer(loss_of(made, LEAD, key), "是被长风抢走的", wanted))
    new = loss_of(made, LEAD, key)
    assert (new.loss_reason_id, new.competitor, new.at, new.note) == (
        reason("other_dealer"), "长风汽车城", old.at, old.note,
    )  # fmt: skip
    assert new.review is not None
    assert new.review.state is State.ANSWERED
    live = [each for each in showroom.events(key) if each.superseded_at is None and each.kind == "lost"]
    assert [each.id for each in live] == [new.event_id]
    assert (live[0].business_on, live[0].consultant_id) == (today(), made.consultant.user_id)


@pytest.mark.parametrize(
    "wanted", [Correction(None), Correction(-1), Correction(0, "", Decimal(-1)), Correction(0, "", Decimal(2_000_000))]
)
def test_a_correction_that_cannot_be_leaves_everything_as_it_was(made: Personas, wanted: Correction) -> None:
    key = lost_renewal(made)
    loss = loss_of(made, RENEWAL, key)
    give_back(made, loss)
    if wanted.loss_reason_id == 0:
        wanted = Correction(loss.loss_reason_id, "", wanted.price_gap)
    with pytest.raises(Invalid):
        data.write(answering.answer_renewal, made.specialist, answer(loss_of(made, RENEWAL, key), "改", wanted))
    assert loss_of(made, RENEWAL, key).event_id == loss.event_id
    assert loss_of(made, RENEWAL, key).review.state is State.RETURNED  # type: ignore[union-attr]


def test_a_case_changed_meanwhile_is_not_corrected_over(made: Personas) -> None:
    key = lost_renewal(made)
    give_back(made, loss_of(made, RENEWAL, key))
    typed = answer(loss_of(made, RENEWAL, key), "改", Correction(reason("broker", RENEWAL)))
    data.write(acts.reopen, made.manager, key, row(key).version, "客户回心转意")
    with pytest.raises((Conflict, Invalid)):
        data.write(answering.answer_renewal, made.specialist, typed)
    assert loss_of(made, RENEWAL, key).loss_reason_id == reason("price_direct", RENEWAL)


def reopen_renewal(made: Personas) -> Loss:
    key = lost_renewal(made)
    give_back(made, loss_of(made, RENEWAL, key))
    data.write(acts.reopen, made.specialist, key, row(key).version, "再报一次价")
    return loss_of(made, RENEWAL, key)


def reopen_lead(made: Personas) -> Loss:
    key = lost_lead(made)
    give_back(made, loss_of(made, LEAD, key))
    step = Step(steps.Kind.REOPENED, note="再报一次价")
    data.write(steps.advance, made.consultant, key, showroom.lead(key).version, step)
    return loss_of(made, LEAD, key)


@pytest.mark.parametrize("reopened", [reopen_renewal, reopen_lead])
def test_taking_the_case_up_again_answers_the_question(made: Personas, reopened: Callable[[Personas], Loss]) -> None:
    review = reopened(made).review
    assert review is not None
    assert (review.state, review.answer) == (State.ANSWERED, "重新跟进：再报一次价")


def test_pages_follow_by_key_without_a_gap_across_both_kinds(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 2)
    with facts() as f:
        for day in ("2026-11-01", "2026-11-01", "2026-11-03"):
            f.lead_event(f.lead("2026-10-01"), steps.Kind.LOST, day)
            f.renewal_event(f.renewal("2026-11-20", RenewalStatus.LOST), RenewalEventKind.LOST, day)
        f.lead_event(f.lead("2026-10-01"), steps.Kind.LOST, "2026-11-02", superseded_at=at("2026-11-02"))
        f.renewal_event(f.renewal("2026-11-20", RenewalStatus.LOST), RenewalEventKind.LOST, "2026-09-01")
    seen: list[Seen] = []
    place = None
    for _ in range(4):
        shown = data.fresh(reading.page, Scope(), BOTH, None, date(2026, 10, 1), place)
        seen += reading.names(shown.rows)
        place = shown.following
        if place is None:
            break
    assert len(seen) == len(set(seen)) == 6


def test_the_clear_reason_rate_counts_what_was_accepted_with_a_reason(store: Database) -> None:
    made = people()
    clear, unclear, unseen = lost_renewal(made), lost_renewal(made, "other"), lost_renewal(made)
    lead = lost_lead(made)
    lost_renewal(made, owner="other_specialist", channel="S2")
    for key in (clear, unclear):
        data.write(judging.accept, made.manager, (loss_of(made, RENEWAL, key).seen,))
    give_back(made, loss_of(made, LEAD, lead))
    day = Period(today(), today())
    found = data.read(figures.reviewed, made.manager.scope, day)
    assert (found.losses, found.accepted_losses, found.clear_losses) == (4, 2, 1)
    rate = found.figure("clear_reason_rate")
    assert (rate.value, rate.numerator, rate.denominator) == (Decimal("0.25"), 1, 4)
    mine = data.read(figures.reviewed, made.specialist.own_scope, day, LossFilters((RENEWAL,)))
    assert (mine.losses, mine.clear_losses) == (3, 1)
    priced = LossFilters(reasons=(reason("price_direct", RENEWAL),))
    selected = data.read(figures.reviewed, made.manager.scope, day, priced)
    assert (selected.losses, selected.accepted_losses, selected.clear_losses) == (2, 1, 1), "of these losses alone"
    assert unseen
    data.write(undoing.undo, made.specialist, clear, row(clear).version)
    assert data.read(figures.reviewed, made.manager.scope, day).clear_losses == 0
    yesterday = Period(today() - timedelta(days=1), today() - timedelta(days=1))
    assert data.read(figures.reviewed, made.manager.scope, yesterday).figure("clear_reason_rate").value is None
