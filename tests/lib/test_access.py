"""Who may do what: the table of model.md, "Roles and what each may do", written out once more."""

import pytest

from db.terms import Role
from lib.access import GRANTS, OWN_ONLY, SYSTEM, WHOLE_GROUP_ROLES, Actor, Permission, Scope
from lib.refusals import NotAllowed

P, R = Permission, Role
EVERYBODY_INSIDE = {*Role} - {R.AGENT}

MODEL: dict[Permission, set[Role]] = {
    P.BOARD_READ: EVERYBODY_INSIDE,
    P.LEAD_READ: {R.CONSULTANT, R.CHANNEL_MANAGER, R.MANAGER},
    P.LEAD_WRITE: {R.CONSULTANT, R.MANAGER},
    P.LEAD_HAND_OVER: {R.MANAGER},
    P.RENEWAL_READ: {R.RENEWAL_SPECIALIST, R.POLICY_SPECIALIST, R.MANAGER},
    P.RENEWAL_WRITE: {R.RENEWAL_SPECIALIST, R.MANAGER},
    P.RENEWAL_ASSIGN: {R.MANAGER},
    P.QUOTE_APPROVE: {R.MANAGER},
    P.LOSS_READ: {R.CONSULTANT, R.RENEWAL_SPECIALIST, R.CHANNEL_MANAGER, R.MANAGER},
    P.LOSS_WRITE: {R.MANAGER},
    P.NODE_READ: {R.CHANNEL_MANAGER, R.FINANCE, R.AGENT, R.MANAGER},
    P.CHANNEL_READ: {R.CHANNEL_MANAGER, R.FINANCE, R.MANAGER},
    P.CHANNEL_WRITE: {R.CHANNEL_MANAGER, R.MANAGER},
    P.FORECAST_READ: {R.CHANNEL_MANAGER, R.FINANCE, R.AGENT, R.MANAGER},
    P.FORECAST_WRITE: {R.CHANNEL_MANAGER, R.AGENT, R.MANAGER},
    P.FORECAST_FREEZE: {R.MANAGER},
    P.FEEDBACK_WRITE: {R.CHANNEL_MANAGER, R.AGENT, R.MANAGER},
    P.POLICY_READ: {R.RENEWAL_SPECIALIST, R.POLICY_SPECIALIST, R.FINANCE, R.MANAGER},
    P.POLICY_WRITE: {R.POLICY_SPECIALIST, R.MANAGER},
    P.POLICY_REGISTER: {R.RENEWAL_SPECIALIST, R.POLICY_SPECIALIST, R.MANAGER},
    P.POLICY_APPROVE: {R.MANAGER},
    P.COMMISSION_READ: {R.POLICY_SPECIALIST, R.FINANCE, R.MANAGER},
    P.COMMISSION_WRITE: {R.FINANCE},
    P.TARGET_READ: EVERYBODY_INSIDE - {R.ADMIN},
    P.TARGET_WRITE: {R.MANAGER},
    P.REPORT_READ: {R.RENEWAL_SPECIALIST, R.POLICY_SPECIALIST, R.CHANNEL_MANAGER, R.FINANCE, R.MANAGER},
    P.REPORT_SUBMIT: {R.RENEWAL_SPECIALIST, R.POLICY_SPECIALIST},
    P.REPORT_RECEIVE: {R.MANAGER},
    P.DICTIONARY_WRITE: {R.MANAGER},
    P.IMPORT: {R.MANAGER, R.ADMIN},
    P.IMPORT_BUSINESS: {R.MANAGER},
    P.IMPORT_ORGANISATION: {R.ADMIN},
    P.PEOPLE_READ: {R.MANAGER, R.ADMIN},
    P.PEOPLE_WRITE: {R.ADMIN},
    P.AUDIT_READ: {R.MANAGER, R.ADMIN},
    P.REVEAL: {R.CONSULTANT, R.RENEWAL_SPECIALIST, R.POLICY_SPECIALIST, R.MANAGER},
    P.EXPORT: {R.RENEWAL_SPECIALIST, R.POLICY_SPECIALIST, R.CHANNEL_MANAGER, R.FINANCE, R.MANAGER},
    P.EXPORT_UNMASKED: {R.MANAGER},
    P.ACCOUNT: {*Role},
}


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_model_says_and_nothing_else(role: Role, permission: Permission) -> None:
    actor = Actor(name="x", user_id=1, role=role)
    assert actor.may(permission) == (role in MODEL[permission])
    if role not in MODEL[permission]:
        with pytest.raises(NotAllowed):
            actor.require(permission)


def test_every_role_and_permission_is_in_the_table() -> None:
    assert set(MODEL) == set(Permission)
    assert set(GRANTS) == set(Role)


def test_an_admin_sees_no_customer() -> None:
    assert not {P.LEAD_READ, P.RENEWAL_READ, P.POLICY_READ, P.REVEAL, P.EXPORT} & GRANTS[R.ADMIN]


def test_only_consultants_and_specialists_are_held_to_their_own_cases() -> None:
    assert {R.CONSULTANT, R.RENEWAL_SPECIALIST} == OWN_ONLY
    assert Actor(name="x", user_id=7, role=R.CONSULTANT, path="1.").own_scope == Scope("1.", 7)
    assert Actor(name="x", user_id=7, role=R.MANAGER, path="1.").own_scope == Scope("1.")


def test_the_whole_group_is_for_some_roles_alone() -> None:
    assert {R.MANAGER, R.CHANNEL_MANAGER, R.FINANCE, R.ADMIN} == WHOLE_GROUP_ROLES


@pytest.mark.parametrize(
    ("own", "other", "covered"),
    [("1.", "1.", True), ("1.", "1.2.", True), ("1.", "11.", False), ("1.2.", "1.", False), (None, "1.", True)],
)
def test_a_scope_covers_its_subtree(own: str | None, other: str, covered: bool) -> None:
    assert Scope(own).covers(other) == covered


def test_the_whole_group_lies_in_no_store() -> None:
    assert SYSTEM.reaches(None)
    assert not Actor(name="x", role=R.ADMIN, path="1.").reaches(None)
