"""The page of the rate tables: a manager dates, verifies and closes; nobody else."""

from datetime import timedelta
from decimal import Decimal

from db.engine import Database
from db.terms import RateKind
from lib import data
from lib.premiums import rows
from tests.cases import today
from tests.pages.desk import labelled, opened
from tests.personas import people


def test_a_new_figure_holds_from_its_day_on_and_ends_the_one_before(sqlite_store: Database) -> None:
    test = opened(people().manager, "rates")
    assert not test.exception
    first = data.read(rows.rows, RateKind.COMPULSORY_BASE)[0]
    key = "rates-compulsory_base-False-0"
    test.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    test.run()
    place = f"compulsory_base-{first.id}-0"
    test.number_input(f"rate_value-{place}").set_value(970.5)
    test.date_input(f"rate_since-{place}").set_value(today() + timedelta(days=10))
    test.text_input(f"rate_source-{place}").input("测试通知")
    labelled(test.button, "保存新费率").click().run()
    assert not test.exception
    same = [each for each in data.read(rows.rows, RateKind.COMPULSORY_BASE) if each.item == first.item]
    new, old = (each for each in same if each.low == first.low)
    assert (new.value, new.source, new.verified) == (Decimal("970.5"), "测试通知", False)
    assert (old.id, old.valid_to) == (first.id, today() + timedelta(days=9))


def test_every_table_opens_and_offers_a_new_row(sqlite_store: Database) -> None:
    test = opened(people().manager, "rates")
    for kind in RateKind:
        test.button_group("rate_kind").set_value(kind).run()
        assert not test.exception
        assert test.dataframe
        assert test.text_input(f"rate_source-{kind}-new-0")


def test_only_managers_keep_the_tables(sqlite_store: Database) -> None:
    test = opened(people().specialist, "rates")
    assert test.error
    assert not test.dataframe
