"""The library of counter-arguments: what a database starts with, and how managers keep it."""

import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import CounterArgument
from db.terms import LossDomain
from lib import data
from lib.counter_arguments import reading, starters, writing
from lib.counter_arguments.reading import Argument
from lib.counter_arguments.writing import Entry
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from tests.db.leads.showroom import reason
from tests.personas import Personas, people

RENEWAL, LEAD = LossDomain.RENEWAL, LossDomain.LEAD


@pytest.fixture
def made(store: Database) -> Personas:
    return people()


def library(domain: LossDomain = RENEWAL) -> tuple[Argument, ...]:
    return data.read(reading.arguments, domain)


def test_a_database_starts_with_answers_to_price_and_competitors(made: Personas) -> None:
    for domain in LossDomain:
        assert {each.reason for each in library(domain)} == {("价格",), ("竞争渠道",)}
    titles = {each.title for domain in LossDomain for each in library(domain)}
    assert titles == {"质量保障", "售后", "索赔", "优惠", "专业性", "诚信", "印象"}
    assert all(f"{each.title_en}{each.text_en}".isascii() for domain in LossDomain for each in library(domain))


def test_what_an_older_database_holds_in_chinese_alone_gets_its_english(store: Database, made: Personas) -> None:
    shipped, own = library()[:2]
    for each, text in ((shipped, shipped.text), (own, "自己写的")):
        data.write(writing.rewrite, made.manager, each.id, each.version, Entry(each.title, text))
    with store.turn(), store.writing.begin() as connection:
        starters.translate(connection)
        rows = connection.execute(select(CounterArgument.id, CounterArgument.text_en)).all()
    english = {row.id: row.text_en for row in rows}
    assert (english[shipped.id], english[own.id]) == (shipped.text_en, "自己写的")


def test_a_manager_adds_one_at_either_level_and_it_is_shown(made: Personas) -> None:
    entry = Entry("价格", "先对齐保额")
    key = data.write(writing.add, made.manager, RENEWAL, reason("price_direct", RENEWAL), entry)
    found = reading.shown(library())
    assert [each.id for each in found["价格", "电网销更低"]] == [key]
    assert not [each for each in library(LEAD) if each.id == key]


def test_one_that_is_shown_no_longer_is_kept(made: Personas) -> None:
    first = library()[0]
    entry = Entry(first.title, "改写", "", "Reworded", 9, active=False)
    data.write(writing.rewrite, made.manager, first.id, first.version, entry)
    assert first.id not in {each.id for group in reading.shown(library()).values() for each in group}
    kept = next(each for each in library() if each.id == first.id)
    assert (kept.text, kept.title_en, kept.text_en) == ("改写", first.title, "Reworded")
    assert (kept.position, kept.active) == (9, False)


@pytest.mark.parametrize(
    ("field", "entry"),
    [("title", Entry(" ", "话术")), ("title", Entry("字" * 101, "话术")), ("text", Entry("优惠", " ")),
     ("text", Entry("优惠", "字" * 1001)), ("position", Entry("优惠", "话术", position=-1)),
     ("text", Entry("优惠", "话术", text_en="x" * 1001))],
)  # fmt: skip
def test_what_says_nothing_is_refused_with_its_field(made: Personas, field: str, entry: Entry) -> None:
    with pytest.raises(Invalid) as told:
        data.write(writing.add, made.manager, RENEWAL, reason("price_direct", RENEWAL), entry)
    assert told.value.field == field


def test_a_reason_of_the_other_domain_or_none_is_refused(made: Personas) -> None:
    for key in (reason("price_gap", LEAD), None):
        with pytest.raises(Invalid):
            data.write(writing.add, made.manager, RENEWAL, key, Entry("优惠", "话术"))


def test_the_second_of_two_managers_is_told(made: Personas) -> None:
    first = library()[0]
    data.write(writing.rewrite, made.boss, first.id, first.version, Entry("优惠", "总经理的"))
    with pytest.raises(Conflict):
        data.write(writing.rewrite, made.manager, first.id, first.version, Entry("优惠", "我的"))
    with pytest.raises(Invalid):
        data.write(writing.rewrite, made.manager, first.id, first.version + 1, Entry("优惠", "总经理的"))
    with pytest.raises(NotFound):
        data.write(writing.rewrite, made.manager, 99999, 1, Entry("优惠", "我的"))


@pytest.mark.parametrize("who", ["specialist", "consultant", "channel_manager", "admin"])
def test_only_managers_keep_it(made: Personas, who: str) -> None:
    with pytest.raises(NotAllowed):
        data.write(writing.add, made.actors[who], RENEWAL, reason("price_direct", RENEWAL), Entry("优惠", "话术"))
