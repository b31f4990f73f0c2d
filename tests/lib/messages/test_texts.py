"""What an SMS says and costs: variables, frame, segments, hours."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from db.terms import MessageKind
from lib.messages import opt_outs, templates, texts
from lib.messages.hours import Hours
from lib.refusals import Invalid

QUOTE = MessageKind.QUOTE
SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = Hours(time(9), time(20, 30), SHANGHAI)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(("characters", "parts"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)])
def test_seventy_fit_one_sms_and_sixty_seven_each_part_of_a_longer_one(characters: int, parts: int) -> None:
    assert texts.segments("续" * characters) == parts


def test_an_emoji_counts_as_two() -> None:
    assert texts.length("车🚗") == 3


def test_the_store_stands_in_front_and_the_way_out_at_the_end() -> None:
    assert texts.framed("云帆店", "{plate}到期", {"plate": "云A12345"}) == "【云帆店】云A12345到期。拒收请回复R"
    assert texts.framed("云帆店", "到期！", {}).endswith("到期！拒收请回复R")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("", "body"),
        ("{phone}以保险公司核保为准", "body"),
        ("{amount 以保险公司核保为准", "body"),
        ("{amount:.2f}以保险公司核保为准", "body"),
        ("{plate.name}以保险公司核保为准", "body"),
        ("{}以保险公司核保为准", "body"),
        ("【店】{amount}以保险公司核保为准", "body"),
        ("{amount}以保险公司核保为准，拒收请回复R", "body"),
        ("{plan}{amount}元", "body"),
    ],
)
def test_a_text_that_may_not_be_sent_is_refused(body: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        texts.check(QUOTE, body)
    assert refused.value.field == field


def test_a_reminder_knows_no_price() -> None:
    with pytest.raises(Invalid):
        texts.check(MessageKind.REMINDER, "{amount}元")


def test_the_texts_that_a_database_starts_with_pass_their_own_rules() -> None:
    for kind, _, body in templates.SEEDS:
        assert texts.check(kind, body) == body


def test_a_text_without_a_value_for_its_variable_is_not_sent_half() -> None:
    with pytest.raises(Invalid, match="saved trial"):
        texts.framed("店", "{plans}", {"plan": "基本"})


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-11-23 08:59:59", False, "2026-11-23 09:00"),
        ("2026-11-23 09:00", True, "2026-11-23 09:00"),
        ("2026-11-23 20:29:59", True, "2026-11-23 20:29:59"),
        ("2026-11-23 20:30", False, "2026-11-24 09:00"),
        ("2026-12-31 23:59", False, "2027-01-01 09:00"),
        ("2026-11-23 00:00", False, "2026-11-23 09:00"),
    ],
)
def test_sms_go_out_in_the_stores_hours(moment: str, is_open: bool, opens: str) -> None:
    assert HOURS.open_at(at(moment)) is is_open
    assert HOURS.next_opening(at(moment)) == at(opens)


def test_the_hours_are_the_stores_whatever_the_servers_clock() -> None:
    assert HOURS.open_at(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    assert not HOURS.open_at(datetime(2026, 11, 23, 13, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("reply", "stop"),
    [("R", True), (" r ", True), ("Ｒ。", True), ("退订", True), ("td", True), ("好的", False), ("R你好", False),
     ("", False)],
)  # fmt: skip
def test_only_the_words_that_end_it_end_it(reply: str, stop: bool) -> None:
    assert opt_outs.asks_to_stop(reply) is stop
