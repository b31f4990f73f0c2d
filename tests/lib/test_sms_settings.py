"""What the settings of SMS refuse at start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib import settings

HTTP = {"DESK_SMS_GATEWAY": "http", "DESK_SMS_HTTP_URL": "https://sms.example.com/send", "DESK_SMS_HTTP_TOKEN": "x" * 8}


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DESK_SETTINGS", str(tmp_path / "none.env"))
    settings.load.cache_clear()
    yield
    settings.load.cache_clear()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"DESK_SMS_GATEWAY": "pigeon"}, "DESK_SMS_GATEWAY"),
        ({"DESK_SMS_GATEWAY": "http"}, "DESK_SMS_HTTP_URL and DESK_SMS_HTTP_TOKEN"),
        ({"DESK_SMS_GATEWAY": "http", "DESK_SMS_HTTP_URL": "https://sms.example.com"}, "DESK_SMS_HTTP_TOKEN"),
        ({**HTTP, "DESK_SMS_HTTP_URL": "sms.example.com"}, "DESK_SMS_HTTP_URL"),
        ({**HTTP, "DESK_SMS_HTTP_URL": "https://me:word@sms.example.com"}, "DESK_SMS_HTTP_URL"),
        ({**HTTP, "DESK_SMS_HTTP_TOKEN": "short"}, "DESK_SMS_HTTP_TOKEN"),
        ({"DESK_SMS_GATEWAY": "aliyun"}, "DESK_SMS_ALIYUN_KEY_ID"),
        ({"DESK_SMS_SIGNATURE": "【店】"}, "DESK_SMS_SIGNATURE"),
        ({"DESK_SMS_SIGNATURE": "店" * 21}, "DESK_SMS_SIGNATURE"),
        ({"DESK_SMS_INBOUND_SECRET": "short"}, "DESK_SMS_INBOUND_SECRET"),
    ],
)
def test_nonsense_is_refused_by_name_and_no_secret_is_repeated(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], named: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(settings.BadSettings) as refused:
        settings.load()
    assert named in str(refused.value)
    assert "short" not in str(refused.value)


def test_a_whole_gateway_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in HTTP.items():
        monkeypatch.setenv(name, value)
    assert settings.load().sms_gateway == "http"
