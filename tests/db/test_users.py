"""People's commands: within the admin's area, never without an admin, told about each other."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.engine import Database
from db.tables import AuditEntry, Session, User
from db.terms import Role
from lib import clock, data, users
from lib.access import SYSTEM, Actor, Scope
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from lib.signing_in import passwords, sessions
from lib.users import Details
from tests.pages.desk import session_of
from tests.personas import Personas, people


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)


def person(username: str) -> users.Person:
    found = data.fresh(users.people, Scope(), clock.now())
    return next(each for each in found if each.username == username)


def can_sign_in(*usernames: str) -> None:
    for username in usernames:
        users.reset_password(SYSTEM, person(username).id, "一句没人能猜得到的话")


def add(actor: Actor, username: str = "new", role: Role = Role.CONSULTANT, channel: int | None = None) -> str:
    return users.add(actor, username, Details("新人", role, channel))


def test_a_new_person_has_a_first_password_to_change(store: Database) -> None:
    personas = people()
    password = add(personas.admin, channel=personas.channels["S1"])
    made = person("new")
    assert (made.active, made.has_password, made.must_change_password) == (True, True, True)
    with store.reading.connect() as connection:
        kept = connection.scalar(select(User.password_hash).where(User.username == "new"))
        entries = connection.execute(select(AuditEntry.details).where(AuditEntry.action == "person_added")).all()
    assert passwords.matches(password, kept)
    assert password not in str(entries)


@pytest.mark.parametrize("username", ["", "a b", "a/b", "x" * 65, "Manager", "manager"])
def test_a_name_that_is_taken_or_unfit_is_refused(store: Database, username: str) -> None:
    personas = people()
    with pytest.raises(Invalid) as refusal:
        add(personas.admin, username, channel=personas.channels["S1"])
    assert refusal.value.field == "username"


def test_only_some_roles_may_belong_to_the_whole_group(store: Database) -> None:
    personas = people()
    add(personas.admin, "group_finance", Role.FINANCE)
    with pytest.raises(Invalid):
        add(personas.admin, "group_consultant", Role.CONSULTANT)


@pytest.mark.parametrize("username", ["boss", "manager", "consultant", "finance", "agent"])
def test_nobody_but_an_admin_changes_people(store: Database, username: str) -> None:
    personas = people()
    with pytest.raises(NotAllowed):
        add(personas.actors[username], channel=personas.channels["S1"])
    with pytest.raises(NotAllowed):
        data.write(users.disable, personas.actors[username], personas.colleague.user_id, 1)


def test_an_admin_of_one_store_reaches_its_people_only(store: Database) -> None:
    personas = people()
    add(personas.admin, "store_admin", Role.ADMIN, personas.channels["S1"])
    local = actor_named("store_admin", personas)
    data.write(users.disable, local, personas.branch_consultant.user_id, 1)
    for outside in (personas.other_consultant, personas.boss):
        with pytest.raises(NotFound):
            data.write(users.disable, local, outside.user_id, 1)
    with pytest.raises(Invalid):
        add(local, "elsewhere", Role.CONSULTANT, personas.channels["S2"])
    with pytest.raises(Invalid):
        add(local, "everywhere", Role.MANAGER, None)
    listed = {each.username for each in data.fresh(users.people, local.scope, clock.now())}
    assert "consultant" in listed
    assert not listed & {"other_consultant", "boss", "admin"}


def actor_named(username: str, personas: Personas) -> Actor:
    found = data.fresh(users.id_of, username)
    key = session_of(Actor(name=username, user_id=found))
    actor = sessions.actor_at(key, clock.now())
    assert actor is not None
    return actor


def test_the_last_admin_who_can_sign_in_stays(store: Database) -> None:
    personas = people()
    add(personas.admin, "second", Role.ADMIN)
    can_sign_in("second")
    admin = person("second")  # the persona "admin" has no password and does not count
    with pytest.raises(Invalid):
        data.write(users.disable, SYSTEM, admin.id, admin.version)
    with pytest.raises(Invalid):
        data.write(users.edit, SYSTEM, admin.id, admin.version, Details("管二", Role.MANAGER, None))
    can_sign_in("admin")
    data.write(users.disable, SYSTEM, admin.id, admin.version)
    assert not person("second").active


def test_whoever_was_second_is_told_who_was_first(store: Database) -> None:
    personas = people()
    seen = person("colleague")
    details = Details("顾二", Role.CONSULTANT, personas.channels["S1-C1"])
    data.write(users.edit, personas.admin, seen.id, seen.version, details)
    with pytest.raises(Conflict) as told:
        data.write(users.disable, personas.admin, seen.id, seen.version)
    assert told.value.values["who"] == "管一"
    assert person("colleague").channel_name == "北区中心"


def test_disabling_resetting_and_signing_out_end_every_session_of_that_person_alone(store: Database) -> None:
    personas = people()
    acts = (
        lambda seen: data.write(users.disable, personas.admin, seen.id, seen.version),
        lambda seen: users.reset_password(personas.admin, seen.id),
        lambda seen: data.write(users.sign_out_everywhere, personas.admin, seen.id),
    )
    for username, act in zip(("manager", "finance", "consultant"), acts, strict=True):
        first, second = session_of(personas.actors[username]), session_of(personas.actors[username])
        other = session_of(personas.colleague)
        act(person(username))
        assert [sessions.actor_at(key, clock.now()) for key in (first, second)] == [None, None]
        assert sessions.actor_at(other, clock.now()) is not None


def test_someone_disabled_comes_back_with_their_password_but_not_their_sessions(store: Database) -> None:
    personas = people()
    can_sign_in("finance")
    key, seen = session_of(personas.finance), person("finance")
    data.write(users.disable, personas.admin, seen.id, seen.version)
    data.write(users.enable, personas.admin, seen.id, seen.version + 1)
    assert sessions.actor_at(key, clock.now()) is None
    assert person("finance").has_password


def test_the_list_counts_running_sessions_only(store: Database) -> None:
    personas = people()
    session_of(personas.manager)
    session_of(personas.colleague)
    later = clock.now() + timedelta(hours=2)
    assert person("manager").running == 1
    assert {each.running for each in data.fresh(users.people, Scope(), later)} == {0}
    with store.reading.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Session)) == 2
