"""Cookies that we signed, and the client behind a proxy."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest

from lib import addresses, keys, settings
from lib.settings import BadSettings
from lib.signing_in import cookies
from tests.conftest import point_at

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    point_at("sqlite:////nowhere.db", tmp_path, monkeypatch)
    return monkeypatch


def test_a_session_cookie_gives_its_key_back_until_it_is_over() -> None:
    cookie = cookies.for_session("the key", NOW + timedelta(hours=1))
    assert cookies.session_key(cookie, NOW) == "the key"
    assert cookies.session_key(cookie, NOW + timedelta(hours=1)) is None


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x.y.z",
        jwt.encode({"username": "k", "exp_date": 9e9}, None, "none"),
        jwt.encode({"username": "k", "exp_date": 9e9}, "another key of thirty-two letters", "HS256"),
    ],
)
def test_what_we_did_not_sign_says_nothing(forged: str) -> None:
    assert cookies.session_key(forged, NOW) is None
    assert cookies.device(forged, "k", NOW) is None


def test_a_device_knows_the_people_who_signed_in_with_it() -> None:
    first = cookies.for_device(None, "Manager", NOW)
    both = cookies.for_device(first, "colleague", NOW)
    known = cookies.device(both, "manager", NOW)
    assert known
    assert cookies.device(both, "colleague", NOW) == known
    assert cookies.device(both, "consultant", NOW) is None
    assert cookies.device(both, "manager", NOW + cookies.DEVICE_LIFE) is None


def test_neither_cookie_passes_for_the_other() -> None:
    assert cookies.session_key(cookies.for_device(None, "manager", NOW), NOW) is None
    assert cookies.device(cookies.for_session("key", NOW + timedelta(hours=1)), "manager", NOW) is None


def test_a_device_cookie_names_nobody() -> None:
    assert "manager" not in str(
        jwt.decode(cookies.for_device(None, "manager", NOW), options={"verify_signature": False})
    )


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "203.0.113.9, 10.0.0.6", "203.0.113.9"),
        ("203.0.113.9", "1.2.3.4", "203.0.113.9"),
        ("10.0.0.5", None, "10.0.0.5"),
        ("10.0.0.5", " , ", "10.0.0.5"),
        (None, "1.2.3.4", "unknown"),
    ],
)
def test_only_a_trusted_proxy_says_who_the_client_is(
    settled: pytest.MonkeyPatch, peer: str | None, forwarded: str | None, client: str
) -> None:
    settled.setenv("DESK_TRUSTED_PROXIES", "10.0.0.0/24")
    settings.load.cache_clear()
    assert addresses.client(peer, forwarded) == client


def test_tls_is_seen_directly_or_by_a_trusted_proxy_or_by_setting(settled: pytest.MonkeyPatch) -> None:
    assert addresses.over_tls("https", None, None)
    assert not addresses.over_tls("http", "10.0.0.5", "https")
    settled.setenv("DESK_TRUSTED_PROXIES", "10.0.0.5")
    settings.load.cache_clear()
    assert addresses.over_tls("http", "10.0.0.5", "https")
    settled.setenv("DESK_SECURE_COOKIE", "always")
    settings.load.cache_clear()
    assert addresses.over_tls("http", None, None)


def test_nonsense_in_the_proxies_is_refused_at_start(settled: pytest.MonkeyPatch) -> None:
    settled.setenv("DESK_TRUSTED_PROXIES", "my proxy")
    settings.load.cache_clear()
    with pytest.raises(BadSettings, match="DESK_TRUSTED_PROXIES"):
        settings.load()


def test_the_embedded_database_keeps_its_secret_in_a_private_file(settled: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settled.delenv("DESK_SECRET_KEY")
    settings.load.cache_clear()
    keys._secret.cache_clear()
    first = keys.signing_key()
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    keys._secret.cache_clear()
    assert keys.signing_key() == first
    assert keys.sealing_key().hex() != first
    assert first not in kept.read_text()


def test_postgresql_needs_the_secret_named(settled: pytest.MonkeyPatch) -> None:
    settled.delenv("DESK_SECRET_KEY")
    settled.setenv("DATABASE_URL", "postgresql+psycopg://u:p@h/d")
    settings.load.cache_clear()
    with pytest.raises(BadSettings, match="DESK_SECRET_KEY"):
        keys.check()
