"""The desk in an AppTest: the shell script, signed in as one person, at one page."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session as Transaction
from streamlit.testing.v1 import AppTest

from db.tables import Session
from lib import clock, data, keys
from lib.access import Actor
from lib.settings import ROOT
from lib.signing_in import sessions
from lib.ui import visitors

PATIENCE = 30  # seconds for a run on a busy machine


def session_of(actor: Actor) -> str:
    """A session's key for this person, as signing in would have given."""
    key, now = keys.token(), clock.now()
    with data.database().turn(), Transaction(data.database().writing) as transaction, transaction.begin():
        transaction.execute(
            insert(Session).values(
                key_hash=sessions.digest_of(key), user_id=actor.user_id, started_at=now,
                expires_at=now + timedelta(hours=1),
            )
        )  # fmt: skip
    return key


def desk(actor: Actor | None = None, language: str = "zh") -> AppTest:
    """The desk as this person's browser has it open, at the start page; nobody's, without one. Not run yet."""
    test = AppTest.from_file(str(ROOT / "lib" / "ui" / "shell.py"), default_timeout=PATIENCE)
    test.session_state["language"] = language
    if actor is not None:
        test.session_state[visitors.KEY] = session_of(actor)
    return test


def opened(actor: Actor, page: str, language: str = "zh") -> AppTest:
    """The desk after this person opened a page, named as its file: `opened(personas.manager, "board")`."""
    test = desk(actor, language).run()
    return test.switch_page(f"../../pages/{page}.py").run()


def labelled(elements: Sequence[Any], label: str) -> Any:
    """The element with this label."""
    return next(each for each in elements if each.label == label)
