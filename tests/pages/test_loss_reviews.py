"""The page of the review: the rate, accepting, returning; what came back is found and answered by whose case it is."""

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.terms import LossDomain, LossReviewState
from lib import data
from lib.loss_reviews import judging
from lib.loss_reviews.reading import Loss
from lib.ui.loss_reviews import listing
from tests.losses import LEAD, RENEWAL, loss_of, lost_lead, lost_renewal
from tests.pages.desk import labelled, opened
from tests.personas import people


def tick(test: AppTest, *losses: Loss) -> AppTest:
    """The page with these lines ticked, as the list's callback notes them (an AppTest calls none)."""
    test.session_state[listing.CHOSEN] = losses
    return test.run()


def tile(test: AppTest) -> str:
    return next(each.proto.body for each in test.get("html") if '<div class="desk-tile' in each.proto.body)


def test_the_rate_counts_what_is_accepted_here_with_its_fraction(sqlite_store: Database) -> None:
    made = people()
    mine = (lost_renewal(made), RENEWAL), (lost_lead(made, "postponed"), LEAD)
    lost_renewal(made, owner="other_specialist", channel="S2")
    test = opened(made.manager, "loss_reviews")
    assert not test.exception
    assert "0 / 2" in tile(test)
    tick(test, *(loss_of(made, domain, case) for case, domain in mine))
    labelled(test.button, "审核通过 2 条").click().run()
    assert not test.exception
    assert "2 / 2" in tile(test)
    assert "100.0%" in tile(test)
    assert "都已看过" in test.info[0].value


def test_a_returned_loss_is_found_and_answered_by_its_specialist(sqlite_store: Database) -> None:
    made = people()
    case = lost_renewal(made)
    test = tick(opened(made.manager, "loss_reviews"), loss_of(made, RENEWAL, case))
    test.text_area[0].set_value("差价是怎么来的？")
    test.button("review_return").click().run()
    assert not test.exception
    theirs = opened(made.specialist, "renewals")
    theirs.button(f"returned-{case}").click().run()
    assert not theirs.exception
    assert "差价是怎么来的？" in " ".join(each.value.replace("\\", "") for each in theirs.markdown)
    labelled(theirs.text_area, "您的答复").set_value("客户给看了报价单")
    next(each for each in theirs.button if (each.key or "").startswith("review-answered")).click().run()
    assert not theirs.exception
    review = loss_of(made, RENEWAL, case).review
    assert review is not None
    assert (review.state, review.answer) == (LossReviewState.ANSWERED, "客户给看了报价单")


@pytest.mark.parametrize(
    ("domain", "who", "page"), [(RENEWAL, "specialist", "renewals"), (LEAD, "consultant", "leads")]
)
def test_a_correction_of_ones_own_is_not_told_as_somebody_elses(
    sqlite_store: Database, domain: LossDomain, who: str, page: str
) -> None:
    made = people()
    case = lost_renewal(made) if domain is RENEWAL else lost_lead(made)
    data.write(judging.give_back, made.manager, loss_of(made, domain, case).seen, "哪家报的价？")
    test = opened(made.actors[who], page)
    test.button(f"returned-{case}").click().run()
    labelled(test.text_area, "您的答复").set_value("城东那家")
    next(each for each in test.text_input if (each.key or "").startswith("review-competitor")).set_value("城东汇达")
    next(each for each in test.button if (each.key or "").startswith("review-answered")).click().run()
    assert not test.exception
    assert loss_of(made, domain, case).competitor == "城东汇达"
    assert not test.warning


@pytest.mark.parametrize(("domain", "label"), [(RENEWAL, "查看续保任务"), (LEAD, "查看客流")])
def test_the_way_to_a_loss_is_called_what_it_is(sqlite_store: Database, domain: LossDomain, label: str) -> None:
    made = people()
    case = lost_renewal(made) if domain is RENEWAL else lost_lead(made)
    test = tick(opened(made.manager, "loss_reviews"), loss_of(made, domain, case))
    assert not test.exception
    assert label in [each.proto.label for each in test.get("page_link")]


def test_a_rate_opens_into_its_clear_losses(sqlite_store: Database) -> None:
    made = people()
    mine = (lost_renewal(made), RENEWAL), (lost_lead(made, "postponed"), LEAD)
    lost_renewal(made)
    data.write(judging.accept, made.manager, tuple(loss_of(made, domain, case).seen for case, domain in mine))
    for key, kinds in (("all", ["客流", "续保"]), ("renewal", ["续保"]), ("lead", ["客流"])):
        test = opened(made.manager, "loss_reviews").button(f"open_clear_reason_rate-{key}").click().run()
        assert not test.exception
        assert sorted(next(each.value for each in test.dataframe if "审核" in each.value)["战败类型"]) == kinds


def test_a_returned_loss_is_found_by_its_consultant_alone(sqlite_store: Database) -> None:
    made = people()
    case = lost_lead(made)
    data.write(judging.give_back, made.manager, loss_of(made, LEAD, case).seen, "哪家报的价？")
    assert opened(made.consultant, "leads").button(f"returned-{case}")
    assert not [each for each in opened(made.colleague, "leads").button if each.key == f"returned-{case}"]


def test_what_another_manager_did_meanwhile_is_told_and_the_question_kept(sqlite_store: Database) -> None:
    made = people()
    loss = loss_of(made, RENEWAL, lost_renewal(made))
    test = tick(opened(made.manager, "loss_reviews"), loss)
    test.text_area[0].set_value("差价是怎么来的？")
    data.write(judging.accept, made.boss, (loss.seen,))
    test.button("review_return").click().run()
    assert not test.exception
    assert "总一" in test.error[0].value
    assert test.text_area[0].value == "差价是怎么来的？"


@pytest.mark.parametrize("username", ["specialist", "consultant", "channel_manager", "finance", "agent", "admin"])
def test_only_managers_open_it(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "loss_reviews")
    assert test.error
    assert not test.dataframe


def test_without_losses_the_page_says_what_would_fill_it(sqlite_store: Database) -> None:
    test = opened(people().manager, "loss_reviews")
    assert not test.exception
    assert "—" in tile(test)
    assert test.info
