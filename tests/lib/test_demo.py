"""The made-up dealership: the same for the same day, believable, and never ahead of the clock."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import cache

import phonenumbers
import pytest

from db.terms import ChannelKind, LeadSource, PolicyStatus, Role
from lib import reasons
from lib.demo.dealership import Sheets, dealership
from lib.identifiers import vin_check_fits

MONDAY = date(2026, 11, 23)
EVENING = datetime.combine(MONDAY, time(18, 30))
NOON = datetime.combine(MONDAY, time(12))
STEPS = ("first_contact_at", "order_at", "delivery_at")


@cache
def made(now: datetime) -> Sheets:
    return dealership(now)


def test_a_day_always_brings_the_same_dealership() -> None:
    assert dealership(EVENING) == made(EVENING)


def test_another_day_brings_another() -> None:
    assert made(EVENING + timedelta(days=1))["leads"][:20] != made(EVENING)["leads"][:20]


@pytest.mark.parametrize("now", [NOON, EVENING])
def test_nothing_has_happened_that_is_yet_to_come(now: datetime) -> None:
    late = {
        (sheet, column)
        for sheet, rows in made(now).items()
        for row in rows
        for column, value in row.items()
        if isinstance(value, datetime) and value > now
    }
    assert late == set()


def test_the_day_fills_up_as_it_goes_by() -> None:
    def today(now: datetime) -> int:
        return sum(row["first_contact_at"].date() == now.date() for row in made(now)["leads"])

    assert 0 < today(NOON) < today(EVENING)


def test_the_network_has_two_stores_and_every_kind_of_channel() -> None:
    kinds = Counter(row["kind"] for row in made(EVENING)["channels"])
    assert kinds["store"] == 2
    assert set(kinds) == set(ChannelKind)


def test_about_twenty_five_people_fill_every_role() -> None:
    people = made(EVENING)["users"]
    assert {row["role"] for row in people} == set(Role)
    assert 22 <= len(people) <= 30


def test_keys_are_unique_in_every_form() -> None:
    keys = {
        "channels": ("code",), "users": ("username",), "car_models": ("car_model",), "leads": ("lead_no",),
        "policies": ("insurer", "policy_no"), "follow_ups": ("vin", "due_on", "at", "method"),
        "targets": ("subject_kind", "subject", "metric", "period"), "stock": ("vin",),
        "forecasts": ("channel_code", "month", "car_model", "submitted_at"),
        "scores": ("channel_code", "month", "function"), "statement": ("insurer", "period", "policy_no"),
        "receipts": ("insurer", "receipt_no"),
    }  # fmt: skip
    sheets = made(EVENING)
    assert sheets.keys() == keys.keys()
    for sheet, columns in keys.items():
        assert sheets[sheet], sheet
        assert [key for key, n in Counter(tuple(r[c] for c in columns) for r in sheets[sheet]).items() if n > 1] == []


def test_leads_go_their_way_in_order() -> None:
    for row in made(EVENING)["leads"]:
        times = [row[step] for step in STEPS if step in row]
        assert times == sorted(times), row
        assert ("lost_at" in row) == ("loss_reason" in row)
        assert not ("lost_at" in row and "delivery_at" in row)


def test_the_funnel_is_a_showrooms() -> None:
    walk_ins = [row for row in made(EVENING)["leads"] if row["source"] == "walk_in"]
    captured = [row for row in walk_ins if row["phone"]]
    drives = [row for row in captured if "test_drive_at" in row]
    orders = [row for row in captured if "order_at" in row]
    assert 0.75 < len(captured) / len(walk_ins) < 0.9
    assert 0.35 < len(drives) / len(captured) < 0.65
    assert 0.12 < len(orders) / len(captured) < 0.4
    assert {row["source"] for row in made(EVENING)["leads"]} == set(LeadSource)


def test_weekends_and_seasons_show() -> None:
    visits = Counter(row["first_contact_at"].date() for row in made(EVENING)["leads"])
    saturdays = [n for day, n in visits.items() if day.weekday() == 5]
    tuesdays = [n for day, n in visits.items() if day.weekday() == 1]
    assert sum(saturdays) / len(saturdays) > 1.3 * sum(tuesdays) / len(tuesdays)


def test_mobiles_and_vins_follow_their_rules_and_show_that_they_are_made_up() -> None:
    sheets = made(EVENING)
    mobiles = {row["phone"] for sheet in ("leads", "policies") for row in sheets[sheet] if row["phone"]}
    assert {mobile[3:5] for mobile in mobiles} == {"00"}
    kinds = {phonenumbers.number_type(phonenumbers.parse(mobile, "CN")) for mobile in mobiles}
    assert kinds == {phonenumbers.PhoneNumberType.MOBILE}
    vins = {row["vin"] for sheet in ("policies", "stock", "follow_ups") for row in sheets[sheet]}
    assert all(map(vin_check_fits, vins))
    assert {vin[:5] for vin in vins} == {"LX9YF"}


def test_plates_are_nobody_elses() -> None:
    owners: dict[str, str] = {}
    for row in made(EVENING)["policies"]:
        if row["plate"]:
            assert owners.setdefault(row["plate"], row["vin"]) == row["vin"]
            assert 7 <= len(row["plate"]) <= 8


def test_policies_tell_every_story() -> None:
    policies = made(EVENING)["policies"]
    assert {row.get("status") for row in policies} == {*PolicyStatus, None} - {PolicyStatus.IN_FORCE}
    assert {row["business_type"] for row in policies} == {"new", "renewal"}
    assert all(row["starts_on"] < row["expires_on"] and row["premium"] > 0 for row in policies)


def test_follow_ups_are_worked_in_order_and_losses_have_known_reasons() -> None:
    known = {slug for _, _, members in reasons.RENEWAL for slug, _, _ in members}
    contacts = made(EVENING)["follow_ups"]
    for row in contacts:
        assert (row["outcome"] == "lost") == ("loss_reason" in row)
        assert row.get("loss_reason", "gift") in known
    assert {"quote_sent", "renewed", "lost", "void", "promised", "no_answer"} <= {row["outcome"] for row in contacts}


def test_only_who_agreed_gets_an_sms() -> None:
    sheets = made(EVENING)
    agreed = {row["vin"] for row in sheets["policies"] if row["sms_consent"]}
    assert {row["vin"] for row in sheets["follow_ups"] if row["method"] == "sms"} <= agreed


def test_some_forecasts_come_late_and_every_adjusted_one_says_why() -> None:
    rows = made(EVENING)["forecasts"]
    assert 0 < sum(row["submitted_at"].day > 25 for row in rows) < len(rows) / 5
    assert {"reason" in row for row in rows} == {True, False}
    assert all(("reason" in row) is (row.get("below_quantity", row["quantity"]) != row["quantity"]) for row in rows)


def test_a_branch_has_a_target_for_all_that_lies_below_it() -> None:
    sheets = made(EVENING)
    sold = [row["channel_code"] for row in sheets["leads"] if f"{row.get('delivery_at')}".startswith("2026-1")]
    wanted = {
        (row["subject"], row["period"]): row["value"] for row in sheets["targets"] if row["metric"] == "deliveries"
    }
    for code in ("DH-C1", "DH-R1", "NL-C1"):
        goal = wanted[code, "2026-10"] + wanted[code, "2026-11"]
        assert 0.5 < sum(each.startswith(code) for each in sold) / float(goal) < 1.5


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2028, 2, 29), date(2027, 3, 1), date(2026, 12, 31)])
def test_any_day_has_its_dealership(day: date) -> None:
    sheets = dealership(datetime.combine(day, time(9, 5)))
    assert all(sheets.values())
