"""Saved trials and the dated rows that they rest on, on both databases."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import Quote, QuoteLine
from db.terms import ClaimRecord, Cover, Fuel, Plan, RateKind, RenewalStatus, VehicleUse
from lib import data
from lib.premiums import quotes, rows
from lib.premiums.book import book
from lib.premiums.rows import NewRow
from lib.premiums.trials import Wish
from lib.refusals import Conflict, Invalid, NotAllowed
from tests.cases import events, expiring, row, today
from tests.lib.messages.desk import CAR, asked
from tests.personas import Personas, people

BASE = RateKind.COMPULSORY_BASE


@pytest.fixture
def made(store: Database) -> Personas:
    return people()


def family() -> rows.Dated:
    return next(
        each for each in data.read(rows.rows, BASE) if each.item == VehicleUse.FAMILY and each.holds(today())
    )  # fmt: skip


def new_figure(since: date, value: str = "970", **more: object) -> NewRow:
    values = {"low": Decimal(0), "high": Decimal(6)} | more
    return NewRow(BASE, VehicleUse.FAMILY, since, "通知", Decimal(value), **values)  # type: ignore[arg-type]


def test_a_saved_trial_keeps_lines_factors_and_rows_and_tells_nobody(made: Personas) -> None:
    key, other = expiring(made, owner="specialist"), expiring(made, owner="specialist")
    before = row(key).version
    ids = data.write(quotes.save, made.specialist, key, asked(Plan.BASIC, Plan.FULL))
    saved = data.fresh(quotes.of_case, made.specialist, key)
    assert {each.id for each in saved} == set(ids)
    lines = {line.cover: line for line in saved[0].trial.lines}
    assert lines[Cover.COMPULSORY].amount == Decimal("712.50")
    assert lines[Cover.COMPULSORY].rates[0].value == Decimal(950)
    assert lines[Cover.THIRD_PARTY].factors == (Decimal("0.6"), Decimal("0.85"))
    assert lines[Cover.THIRD_PARTY].amount == Decimal("1275.00")
    assert (saved[0].insurer, saved[0].author) == ("人保财险", "续一")
    assert (row(key).status, row(key).quoted_at, row(key).version) == (RenewalStatus.PENDING, None, before)
    assert not [each for each in events(key) if each.kind == "quoted"]
    assert data.fresh(quotes.of_case, made.specialist, other) == ()


@pytest.mark.parametrize("plans", [(), (Plan.BASIC, Plan.BASIC)])
def test_one_to_three_different_plans_are_saved(made: Personas, plans: tuple[Plan, ...]) -> None:
    with pytest.raises(Invalid):
        data.write(quotes.save, made.specialist, expiring(made), asked(*plans))
    assert data.fresh(lambda connection: connection.scalar(select(Quote.id))) is None


def test_a_plan_without_a_cover_is_not_saved(made: Personas) -> None:
    empty = quotes.Asked(CAR, (Wish(Plan.BASIC, (), Decimal(1), Decimal(1), compulsory=False),), "云南")
    with pytest.raises(Invalid):
        data.write(quotes.save, made.specialist, expiring(made), empty)


def test_a_saved_plan_keeps_what_was_left_out_of_it(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    wish = Wish(Plan.FULL, ((Cover.DAMAGE, Decimal(2000)),), Decimal(1), Decimal(1), missing=(Cover.DRIVER,))
    data.write(quotes.save, made.specialist, key, quotes.Asked(CAR, (wish,), "云南"))
    (saved,) = data.fresh(quotes.of_case, made.specialist, key)
    assert saved.trial.missing == (Cover.DRIVER,)
    assert not saved.trial.hollow


@pytest.mark.parametrize(
    ("plan", "missing", "kept"),
    [(Plan.BASIC, (Cover.THIRD_PARTY,), False), (Plan.FULL, (Cover.DAMAGE,), False), (Plan.BALANCED, (), False),
     (Plan.BASIC, (), True)],
)  # fmt: skip
def test_a_plan_without_any_of_its_commercial_covers_is_not_saved_under_its_name(
    made: Personas, plan: Plan, missing: tuple[Cover, ...], kept: bool
) -> None:
    key = expiring(made, owner="specialist")
    bare = quotes.Asked(CAR, (Wish(plan, (), Decimal(1), Decimal(1), missing=missing),), "云南")
    if kept:
        assert data.write(quotes.save, made.specialist, key, bare)
    else:
        with pytest.raises(Invalid) as refusal:
            data.write(quotes.save, made.specialist, key, bare)
        assert refusal.value.values["plan"] is plan


def test_the_trial_starts_from_what_the_data_knows(made: Personas) -> None:
    start = data.fresh(quotes.start, made.specialist, expiring(made))
    assert (start.car.use, start.car.measure, start.car.fuel) == (VehicleUse.FAMILY, Decimal(5), Fuel.PETROL)
    assert quotes.use("企业") is VehicleUse.ENTERPRISE
    assert quotes.use("coach") is VehicleUse.COACH
    assert quotes.use("火箭") is VehicleUse.FAMILY
    records = [quotes.claim_record(claims) for claims in (None, 0, 1, 2)]
    assert records == [ClaimRecord.FIRST_YEAR, ClaimRecord.CLEAN_1, ClaimRecord.ONE, ClaimRecord.SEVERAL]


def test_a_quote_keeps_its_rows_when_the_table_changes(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    data.write(quotes.save, made.specialist, key, asked(Plan.BASIC))
    old = family()
    data.write(rows.add, made.manager, new_figure(today()), old.id, old.version)
    assert data.read(book, "云南", today()).compulsory_base(VehicleUse.FAMILY, Decimal(5)).value == Decimal(970)
    assert data.read(book, "云南", today() - timedelta(days=1)).compulsory_base(
        VehicleUse.FAMILY, Decimal(5)
    ).value == Decimal(950)
    data.write(quotes.save, made.specialist, key, asked(Plan.BASIC))
    new, before = (each.trial.lines[0] for each in data.fresh(quotes.of_case, made.specialist, key))
    assert {new.base_amount, before.base_amount} == {Decimal(950), Decimal(970)}
    kept = data.fresh(lambda connection: connection.scalars(select(QuoteLine.rate_row_ids)).all())
    assert any(old.id in each for each in kept)


def test_two_managers_on_one_row_are_told(made: Personas) -> None:
    seen = family()
    data.write(rows.verify, made.manager, seen.id, seen.version, False)
    for command, values in (
        (rows.verify, (seen.id, seen.version, True)),
        (rows.close, (seen.id, seen.version, today())),
        (rows.add, (new_figure(today()), seen.id, seen.version)),
    ):
        with pytest.raises(Conflict) as conflict:
            data.write(command, made.boss, *values)  # type: ignore[arg-type]
        assert conflict.value.values["who"] == "经一"
    assert family().value == Decimal(950)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"value": Decimal(-1)}, "value"), ({"value": None}, "value"), ({"source": " "}, "source"),
        ({"valid_from": None}, "valid_from"), ({"valid_from": date(2008, 2, 1)}, "valid_from"),
        ({"high": Decimal(0)}, "high"), ({"high": Decimal(7)}, "low"), ({"item": "rocket"}, "item"),
        ({"region": "云" * 21}, "region"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_and_nothing_changes(made: Personas, typed: dict[str, object], field: str) -> None:
    before = data.read(rows.rows, BASE)
    values = {name: getattr(new_figure(today()), name) for name in NewRow.__dataclass_fields__} | typed
    with pytest.raises(Invalid) as refused:
        data.write(rows.add, made.manager, NewRow(**values))
    assert refused.value.field == field
    assert data.read(rows.rows, BASE) == before


def test_a_province_moves_to_another_scheme(made: Personas) -> None:
    moved = NewRow(RateKind.FLOAT_SCHEME, "A", today(), "通知", region="云南")
    data.write(rows.add, made.manager, moved)
    rate = data.read(book, "云南", today()).compulsory_float(ClaimRecord.CLEAN_1)
    assert (rate.region, rate.value) == ("A", Decimal("-0.3"))
    holding = [
        each for each in data.read(rows.rows, RateKind.FLOAT_SCHEME) if each.region == "云南" and each.holds(today())
    ]
    assert [each.item for each in holding] == ["A"]


def test_bounds_read_as_people_say_them() -> None:
    assert rows.shown(Decimal(6)) == (Decimal(6), False)
    assert rows.shown(Decimal("1.600001")) == (Decimal("1.6"), True)
    assert rows.shown(Decimal(0)) == (Decimal(0), False)
    assert rows.shown(rows.just_above(Decimal("2.5"))) == (Decimal("2.5"), True)
    assert rows.just_above(Decimal(0)) == 0


def test_a_closed_row_holds_no_more(made: Personas) -> None:
    row_ = family()
    data.write(rows.close, made.manager, row_.id, row_.version, today() - timedelta(days=1))
    with pytest.raises(Invalid):
        data.read(book, "云南", today()).compulsory_base(VehicleUse.FAMILY, Decimal(5))


def test_specialists_keep_no_tables(made: Personas) -> None:
    for command, values in (
        (rows.add, (new_figure(today()),)),
        (rows.verify, (1, 1, True)),
        (rows.close, (1, 1, today())),
    ):
        with pytest.raises(NotAllowed):
            data.write(command, made.specialist, *values)  # type: ignore[arg-type]
