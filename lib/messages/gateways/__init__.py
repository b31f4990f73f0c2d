"""Gateways: what hands a message to a network, and the three answers that there are."""

from dataclasses import dataclass
from typing import Protocol

from lib import settings

MANUAL, HTTP, ALIYUN = "manual", "http", "aliyun"
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0  # a call ends within their sum


@dataclass(frozen=True)
class Outgoing:
    """A message as it is handed over. `key` names it: the same key is the same message, however often it comes."""

    key: str
    mobile: str
    text: str
    signature: str
    provider_code: str | None
    variables: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Accepted:
    """The gateway has it; under which number, if it says."""

    gateway_message_id: str | None


@dataclass(frozen=True)
class Rejected:
    """The gateway does not have it. `again`: it may take it later."""

    why: str
    again: bool


@dataclass(frozen=True)
class Unclear:
    """Nobody knows whether the gateway has it: it did not answer, or not as agreed."""

    why: str


Answer = Accepted | Rejected | Unclear


class Gateway(Protocol):
    """Hands over one message and says what came of it. It raises nothing and never tries twice by itself."""

    def send(self, message: Outgoing) -> Answer: ...


def chosen() -> Gateway | None:
    """The gateway that the settings name; none where people send by hand."""
    name = settings.load().sms_gateway
    if name == HTTP:
        from lib.messages.gateways.http import HttpGateway

        return HttpGateway()
    if name == ALIYUN:  # its packages take a second to load, and few need them
        from lib.messages.gateways.aliyun import AliyunGateway

        return AliyunGateway()
    return None
