"""Alibaba Cloud SMS through its own SDK. Written from the SDK; it has not been run against the provider."""

import json
from typing import Any

from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_dysmsapi20170525.models import SendSmsRequest
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions
from Tea.exceptions import TeaException, ValidateException

from lib import settings
from lib.messages.gateways import ANSWER_SECONDS, CONNECT_SECONDS, Accepted, Answer, Outgoing, Rejected, Unclear
from lib.refusals import N_

ENDPOINT = "dysmsapi.aliyuncs.com"
COME_AGAIN = ("isv.BUSINESS_LIMIT_CONTROL", "Throttling")  # flow control: not taken, try later
TOLD = ("isv.", "Throttling", "Invalid", "Missing", "Forbidden", "SignatureDoesNotMatch", "SMS_")  # refused for certain


class AliyunGateway:
    """Sends by an approved text: its code stands with the template, its variables are ours by name."""

    def __init__(self, client: Any = None) -> None:
        self.client = client or _client()

    def send(self, message: Outgoing) -> Answer:
        """Hand over one message."""
        if message.provider_code is None:
            return Rejected(
                N_("This text has no code of the provider. A manager enters it with the text."), again=False
            )
        request = SendSmsRequest(
            phone_numbers=message.mobile, sign_name=message.signature, template_code=message.provider_code,
            template_param=json.dumps(dict(message.variables), ensure_ascii=False), out_id=message.key,
        )  # fmt: skip
        try:
            body = self.client.send_sms_with_options(request, _once()).body
        except ValidateException:
            return Rejected(N_("The provider's program refused the message as incomplete."), again=False)
        except TeaException as error:
            return understood(getattr(error, "code", None), None)
        except Exception:
            return Unclear(N_("The gateway took the call and did not answer."))
        return understood(body.code, body.biz_id)


def understood(code: str | None, biz_id: str | None) -> Answer:
    """What the provider's code means."""
    if code == "OK":
        return Accepted(biz_id)
    if not code or not code.startswith(TOLD):
        return Unclear(code or N_("The gateway took the call and did not answer."))
    return Rejected(code, again=code.startswith(COME_AGAIN))


def _once() -> RuntimeOptions:
    """The SDK shall not try again by itself: we decide."""
    return RuntimeOptions(
        autoretry=False, max_attempts=1, connect_timeout=int(CONNECT_SECONDS * 1000),
        read_timeout=int(ANSWER_SECONDS * 1000),
    )  # fmt: skip


def _client() -> Client:
    given = settings.load()
    secret = given.sms_aliyun_key_secret.get_secret_value() if given.sms_aliyun_key_secret else ""
    return Client(Config(access_key_id=given.sms_aliyun_key_id, access_key_secret=secret, endpoint=ENDPOINT))
