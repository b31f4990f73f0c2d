"""Where gateways tell what customers answer."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.engine import Database
from db.tables import AuditEntry, OptOut
from lib import data, settings
from lib.ui.messages import inbound

SECRET = "a secret of sixteen or more"
STOP = {"mobile": "13812345678", "text": "R"}


@pytest.fixture
def client(store: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("DESK_SMS_INBOUND_SECRET", SECRET)
    settings.load.cache_clear()
    yield TestClient(Starlette(routes=inbound.ROUTES))
    settings.load.cache_clear()


def tell(client: TestClient, body: Any, secret: str | None = SECRET) -> int:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return client.post("/messages/inbound", json=body, headers=headers).status_code


def opted_out() -> list[Any]:
    return list(data.fresh(lambda connection: connection.execute(select(OptOut.mobile, OptOut.how)).all()))


def test_a_customers_r_is_recorded_once_and_masked_in_the_trail(client: TestClient) -> None:
    assert tell(client, STOP) == 200
    assert tell(client, STOP) == 200
    assert opted_out() == [("13812345678", "reply")]
    details = data.fresh(lambda connection: connection.scalars(select(AuditEntry.details)).all())
    assert [each["mobile"] for each in details] == ["138****5678"] * 2


def test_any_other_answer_is_no_opt_out(client: TestClient) -> None:
    assert tell(client, STOP | {"text": "好的，谢谢"}) == 200
    assert opted_out() == []


@pytest.mark.parametrize(
    ("body", "secret", "status"),
    [
        (STOP, None, 401), (STOP, "another secret here", 401), ([], SECRET, 400),
        ({"mobile": 1, "text": "R"}, SECRET, 400), ({"mobile": "12", "text": "R"}, SECRET, 400),
        ({"mobile": "1" * 5000, "text": "R"}, SECRET, 400),
    ],
)  # fmt: skip
def test_strangers_and_nonsense_change_nothing(client: TestClient, body: Any, secret: str | None, status: int) -> None:
    assert tell(client, body, secret) == status
    assert opted_out() == []


def test_without_a_secret_there_is_no_such_address(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_SMS_INBOUND_SECRET")
    settings.load.cache_clear()
    assert tell(client, STOP) == 404
