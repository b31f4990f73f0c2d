"""The worker and its gateways: at most once, whatever the gateway, another worker or a power cut does."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import AuditEntry, Customer, Message, OptOut, Renewal
from db.terms import MessageStatus, RenewalStatus
from lib import clock, data, settings
from lib.messages import delivery, outbox, views
from lib.messages.gateways import Accepted, Answer, Outgoing, Rejected, Unclear, chosen
from lib.messages.gateways.aliyun import AliyunGateway
from lib.messages.gateways.http import HttpGateway, understood
from lib.refusals import Invalid
from lib.server import free_port
from tests.cases import expiring, row, today
from tests.lib.messages.desk import change, message, noon, send
from tests.lib.messages.webhook import webhook
from tests.personas import Personas, people

STATUS = MessageStatus
TOKEN = "a token of the tests"
QUICK = httpx.Timeout(0.5)
OUTGOING = Outgoing("k1", "13800000001", "【店】到期。拒收请回复R", "店", "SMS_1", (("amount", "3,912"),))


@pytest.fixture
def made(store: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Personas]:
    personas = people()
    noon(monkeypatch)
    point(monkeypatch, f"http://127.0.0.1:{free_port()}/send")
    yield personas
    settings.load.cache_clear()


def point(patch: pytest.MonkeyPatch, url: str) -> None:
    """Let the settings name this webhook."""
    patch.setenv("DESK_SMS_GATEWAY", "http")
    patch.setenv("DESK_SMS_HTTP_URL", url)
    patch.setenv("DESK_SMS_HTTP_TOKEN", TOKEN)
    settings.load.cache_clear()


def later(patch: pytest.MonkeyPatch, by: timedelta) -> datetime:
    moment = clock.now() + by
    patch.setattr(clock, "now", lambda: moment)
    return moment


def written(made: Personas, count: int = 1) -> list[int]:
    return [send(made.specialist, expiring(made, 60, owner="specialist")) for _ in range(count)]


def decided(made: Personas, message_id: int) -> views.Sms:
    shown = data.fresh(views.outbox, made.manager.own_scope, tuple(STATUS), None, clock.now())
    return next(each for each in shown if each.id == message_id)


def test_what_waits_is_handed_over_once_with_its_key_and_token(made: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    (key,) = written(made)
    with webhook() as hook:
        point(monkeypatch, hook.url)
        assert delivery.deliver(HttpGateway()) == 1
        assert delivery.deliver(HttpGateway()) == 0
    sent = message(key)
    assert (sent.status, sent.gateway_message_id, sent.attempts) == (STATUS.SENT, "G1", 1)
    (call,), (headers,) = hook.calls, hook.headers
    assert (call["id"], headers["Idempotency-Key"]) == (sent.public_key, sent.public_key)
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert call["text"].startswith("【东风店】张三丰您好，云A")
    assert call["mobile"].startswith("138")
    assert call["variables"]["customer"] == "张三丰"


def test_what_goes_out_on_a_later_day_starts_the_clock_then(made: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    (key,) = written(made)
    case = message(key).renewal_id
    assert row(case).call_due_on == today() + timedelta(days=3)
    later(monkeypatch, timedelta(days=1))
    with webhook() as hook:
        point(monkeypatch, hook.url)
        assert delivery.deliver(HttpGateway()) == 1
    assert (message(key).status, row(case).call_due_on) == (STATUS.SENT, today() + timedelta(days=3))


def test_the_trail_of_a_message_masks_the_number(made: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    (key,) = written(made)
    with webhook(lambda _: (400, {"error": "blocked 13812345678"})) as hook:
        point(monkeypatch, hook.url)
        delivery.deliver(HttpGateway())
    assert message(key).error == "blocked 138****5678"
    trail = data.fresh(
        lambda connection: connection.execute(
            select(AuditEntry.action, AuditEntry.details).where(AuditEntry.subject == "messages")
        ).all()
    )
    assert [each.action for each in trail] == ["message_written", "message_failed"]
    assert "138****" in trail[1].details["mobile"]


def test_a_gateway_that_says_no_is_tried_again_with_growing_pauses_and_then_not(
    made: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,) = written(made)
    with webhook(lambda _: (503, {"error": "busy"})) as hook:
        point(monkeypatch, hook.url)
        for pause in delivery.BACKOFF:
            assert delivery.deliver(HttpGateway()) == 1
            waiting = message(key)
            assert (waiting.status, waiting.error) == (STATUS.WAITING, "busy")
            assert waiting.next_attempt_at == clock.now() + pause
            assert delivery.deliver(HttpGateway()) == 0
            later(monkeypatch, pause)
        delivery.deliver(HttpGateway())
    assert (message(key).status, message(key).attempts) == (STATUS.FAILED, len(delivery.BACKOFF) + 1)
    assert {call["id"] for call in hook.calls} == {message(key).public_key}


def test_a_gateway_out_of_reach_has_not_taken_anything(made: Personas) -> None:
    (key,) = written(made)
    delivery.deliver(HttpGateway())
    assert message(key).status is STATUS.WAITING
    assert "reached" in message(key).error


@pytest.mark.parametrize(
    ("reply", "held"),
    [(lambda _: (200, {"accepted": True}), True), (lambda _: None, False), (lambda _: (500, {}), False),
     (lambda _: (200, b"<html>"), False)],
    ids=["hangs", "hangs up", "breaks down", "answers nonsense"],
)  # fmt: skip
def test_where_nobody_knows_it_is_not_sent_again_but_a_person_decides(
    made: Personas, monkeypatch: pytest.MonkeyPatch, reply: Any, held: bool
) -> None:
    first, second = written(made, 2)
    with webhook(reply, held) as hook:
        point(monkeypatch, hook.url)
        delivery.deliver(HttpGateway(QUICK))
        later(monkeypatch, timedelta(hours=1))
        assert delivery.deliver(HttpGateway(QUICK)) == 0
        assert len(hook.calls) == 2
    assert message(first).status is STATUS.SENDING
    assert decided(made, first).unclear
    data.write(outbox.mark_sent, made.specialist, first, message(first).version)
    data.write(outbox.repeat, made.specialist, second, message(second).version)
    with webhook() as hook:
        point(monkeypatch, hook.url)
        assert delivery.deliver(HttpGateway()) == 1
    assert hook.calls[0]["id"] == message(second).public_key
    assert (message(first).status, message(second).status) == (STATUS.SENT, STATUS.SENT)


def test_after_a_crash_in_the_middle_the_message_stays_for_a_person(
    made: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,) = written(made)
    assert delivery.claim(key) is not None  # and then the power went
    later(monkeypatch, timedelta(seconds=30))
    assert not decided(made, key).unclear
    with pytest.raises(Invalid):  # its call may still be running
        data.write(outbox.repeat, made.manager, key, message(key).version)
    later(monkeypatch, outbox.IN_FLIGHT)
    with webhook() as hook:
        point(monkeypatch, hook.url)
        assert delivery.deliver(HttpGateway()) == 0
        assert decided(made, key).unclear
        data.write(outbox.repeat, made.manager, key, message(key).version)
        assert delivery.deliver(HttpGateway()) == 1
    assert len(hook.calls) == 1


def test_several_workers_on_one_database_send_each_message_once(
    made: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = written(made, 12)
    ready = threading.Barrier(4)

    def work(_: int) -> int:
        ready.wait()
        return sum(delivery.deliver(HttpGateway()) for _ in range(3))

    with webhook() as hook:
        point(monkeypatch, hook.url)
        with ThreadPoolExecutor(4) as pool:
            handed = sum(pool.map(work, range(4)))
    assert handed == len(hook.calls) == 12
    assert {call["id"] for call in hook.calls} == {message(key).public_key for key in keys}
    assert {message(key).status for key in keys} == {STATUS.SENT}


def test_an_answer_that_comes_after_a_person_decided_changes_nothing(made: Personas) -> None:
    (key,) = written(made)
    claimed = delivery.claim(key)
    assert claimed is not None
    change(Message, error="?")
    data.write(outbox.mark_sent, made.manager, key, message(key).version)
    before = message(key)
    delivery.settle(claimed, Rejected("busy", again=True), clock.now())
    assert message(key) == before


@pytest.mark.parametrize("why", ["opt-out", "consent", "number", "decided"])
def test_what_must_not_go_out_any_more_is_kept_back_and_told_nobody(made: Personas, why: str) -> None:
    (key,) = written(made)
    case = message(key).renewal_id
    mobile = data.fresh(lambda connection: connection.scalar(select(Customer.mobile)))
    if why == "opt-out":
        with data.transaction(made.manager) as running:
            running.session.add(OptOut(mobile=mobile, at=clock.now(), how="reply"))
    elif why == "consent":
        change(Customer, sms_consent=False)
    elif why == "number":
        change(Customer, mobile=None)
    else:
        change(Renewal, status=RenewalStatus.VOID, void_reason="?", closed_at=clock.now())
    assert delivery.deliver(HttpGateway()) == 0
    assert message(key).status is STATUS.CANCELLED
    assert message(key).error
    assert row(case).call_due_on is None


def test_what_waits_into_the_night_goes_out_in_the_morning(made: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    (key,) = written(made)
    noon(monkeypatch, time(22))
    assert delivery.deliver(HttpGateway()) == 0
    opens = datetime.combine(today() + timedelta(days=1), time(9), settings.load().zone)
    assert (message(key).status, message(key).next_attempt_at) == (STATUS.WAITING, opens)


@pytest.mark.parametrize(
    ("status", "body", "answer"),
    [
        (200, {"accepted": True, "id": 7}, Accepted("7")),
        (202, {"accepted": True}, Accepted(None)),
        (200, {"accepted": False, "error": "x", "retry": True}, Rejected("x", again=True)),
        (200, {"accepted": False}, Rejected("HTTP 200", again=False)),
        (200, {"ok": True}, Unclear("HTTP 200")),
        (200, None, Unclear("HTTP 200")),
        (302, None, Rejected("HTTP 302", again=False)),
        (401, {"error": "token"}, Rejected("token", again=False)),
        (429, None, Rejected("HTTP 429", again=True)),
        (500, {"accepted": False}, Unclear("HTTP 500")),
        (503, None, Rejected("HTTP 503", again=True)),
        (504, None, Unclear("HTTP 504")),
    ],
)
def test_what_a_webhooks_answer_means(status: int, body: Any, answer: Answer) -> None:
    assert understood(status, body) == answer


def test_a_redirect_is_not_followed(made: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    with webhook(lambda _: (307, {})) as hook:
        point(monkeypatch, hook.url)
        assert HttpGateway().send(OUTGOING) == Rejected("HTTP 307", again=False)
    assert len(hook.calls) == 1


class Provider:
    """Stands where the provider's SDK calls out; the provider itself was not asked."""

    def __init__(self, code: str | None = None, error: Exception | None = None) -> None:
        self.code, self.error, self.requests = code, error, []

    def send_sms_with_options(self, request: Any, runtime: Any) -> Any:
        self.requests.append(request)
        assert runtime.autoretry is False
        if self.error is not None:
            raise self.error
        return type("Response", (), {"body": type("Body", (), {"code": self.code, "biz_id": "B1"})()})()


def aliyun(*given: Any) -> Answer:
    return AliyunGateway(Provider(*given)).send(OUTGOING)


def test_the_providers_codes_and_errors_are_understood() -> None:
    from Tea.exceptions import TeaException, UnretryableException

    assert aliyun("OK") == Accepted("B1")
    assert aliyun("isv.BUSINESS_LIMIT_CONTROL") == Rejected("isv.BUSINESS_LIMIT_CONTROL", again=True)
    assert aliyun("isv.MOBILE_NUMBER_ILLEGAL") == Rejected("isv.MOBILE_NUMBER_ILLEGAL", again=False)
    assert aliyun("isp.SYSTEM_ERROR") == Unclear("isp.SYSTEM_ERROR")
    assert isinstance(aliyun(None, UnretryableException(None, TimeoutError())), Unclear)  # type: ignore[arg-type]
    assert isinstance(aliyun(None, ConnectionResetError()), Unclear)
    throttled = TeaException({"code": "Throttling.User", "message": "slow"})
    assert aliyun(None, throttled) == Rejected("Throttling.User", again=True)


def test_the_provider_gets_its_own_code_and_the_messages_key() -> None:
    provider = Provider("OK")
    AliyunGateway(provider).send(OUTGOING)
    (request,) = provider.requests
    assert (request.template_code, request.out_id, request.sign_name) == ("SMS_1", "k1", "店")
    assert request.template_param == '{"amount": "3,912"}'
    bare = Outgoing("k2", "13800000001", "到期", "店", None, ())
    assert isinstance(AliyunGateway(provider).send(bare), Rejected)


def test_by_hand_there_is_no_gateway(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_SMS_GATEWAY", raising=False)
    settings.load.cache_clear()
    assert chosen() is None
