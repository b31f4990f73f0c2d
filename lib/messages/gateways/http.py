"""A generic webhook: one JSON POST a message (README, "SMS")."""

from dataclasses import asdict, dataclass, field
from typing import Any

import httpx

from lib import settings
from lib.messages.gateways import ANSWER_SECONDS, CONNECT_SECONDS, Accepted, Answer, Outgoing, Rejected, Unclear
from lib.refusals import N_

TIMES_OUT = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
COME_AGAIN = (429, 503)  # by agreement: not taken, try later
NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True)
class HttpGateway:
    """Posts to the address that the settings name. Redirects are not followed: they would carry the token away."""

    timeout: httpx.Timeout = field(default_factory=lambda: TIMES_OUT)

    def send(self, message: Outgoing) -> Answer:
        """Hand over one message."""
        given = settings.load()
        token = given.sms_http_token.get_secret_value() if given.sms_http_token else ""
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": message.key}
        body = {**asdict(message), "id": message.key, "variables": dict(message.variables)}
        del body["key"]
        try:
            answer = httpx.post(given.sms_http_url, json=body, headers=headers, timeout=self.timeout, trust_env=False)
        except NOT_REACHED:
            return Rejected(N_("The gateway could not be reached."), again=True)
        except httpx.HTTPError:
            return Unclear(N_("The gateway took the call and did not answer."))
        return understood(answer.status_code, _json(answer))


def understood(status: int, body: Any) -> Answer:
    """What an answer means. Only `accepted` in a 2xx says yes or no for certain; 4xx, 429 and 503 say no."""
    told = body if isinstance(body, dict) else {}
    why = str(told.get("error") or f"HTTP {status}")
    if status in COME_AGAIN:
        return Rejected(why, again=True)
    if 300 <= status < 500:
        return Rejected(why, again=False)
    if 200 <= status < 300 and told.get("accepted") is True:
        return Accepted(str(told["id"])[:100] if told.get("id") else None)
    if 200 <= status < 300 and told.get("accepted") is False:
        return Rejected(why, again=told.get("retry") is True)
    return Unclear(why)


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None
