"""Settings, from the environment or one file; the only module that reads either. Nonsense is refused at start."""

import os
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
DRIVERS = {
    "sqlite": "sqlite:////absolute/path.db",
    "postgresql+psycopg": "postgresql+psycopg://user:password@host/name",
}


NEEDED_BY_GATEWAY: dict[str, tuple[str, ...]] = {
    "manual": (),
    "http": ("DESK_SMS_HTTP_URL", "DESK_SMS_HTTP_TOKEN"),
    "aliyun": ("DESK_SMS_ALIYUN_KEY_ID", "DESK_SMS_ALIYUN_KEY_SECRET", "DESK_SMS_SIGNATURE"),
}


class BadSettings(Exception):  # noqa: N818 - named for what it says
    """A setting is not what it may be; the text names it and what is allowed, and never repeats a secret."""


class Settings(BaseSettings):
    """Every setting has a default that serves one machine; README lists them."""

    model_config = SettingsConfigDict(env_file_encoding="utf-8", extra="ignore", frozen=True, populate_by_name=True)

    database_url: Annotated[str, Field(alias="DATABASE_URL")] = ""
    port: Annotated[int, Field(alias="PORT", ge=1, le=65535)] = 8501
    data_dir: Annotated[Path, Field(alias="DESK_DATA_DIR")] = ROOT / "data"
    time_zone: Annotated[str, Field(alias="DESK_TIME_ZONE")] = "Asia/Shanghai"
    language: Annotated[Literal["zh", "en"], Field(alias="DESK_LANGUAGE")] = "zh"
    secret_key: Annotated[SecretStr | None, Field(alias="DESK_SECRET_KEY", min_length=32)] = None
    session_hours: Annotated[int, Field(alias="DESK_SESSION_HOURS", ge=1, le=720)] = 12
    secure_cookie: Annotated[Literal["auto", "always"], Field(alias="DESK_SECURE_COOKIE")] = "auto"
    trusted_proxies: Annotated[str, Field(alias="DESK_TRUSTED_PROXIES")] = ""
    sms_http_url: Annotated[str, Field(alias="DESK_SMS_HTTP_URL")] = ""
    sms_http_token: Annotated[SecretStr | None, Field(alias="DESK_SMS_HTTP_TOKEN", min_length=8)] = None
    sms_aliyun_key_id: Annotated[str, Field(alias="DESK_SMS_ALIYUN_KEY_ID")] = ""
    sms_aliyun_key_secret: Annotated[SecretStr | None, Field(alias="DESK_SMS_ALIYUN_KEY_SECRET", min_length=8)] = None
    sms_signature: Annotated[str, Field(alias="DESK_SMS_SIGNATURE", max_length=20)] = ""
    sms_inbound_secret: Annotated[SecretStr | None, Field(alias="DESK_SMS_INBOUND_SECRET", min_length=16)] = None
    sms_gateway: Annotated[Literal["manual", "http", "aliyun"], Field(alias="DESK_SMS_GATEWAY")] = "manual"
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Field(alias="DESK_LOG_LEVEL")] = "info"

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value:
            return value
        allowed = " or ".join(DRIVERS.values())
        try:
            driver = make_url(value).drivername
        except ArgumentError as error:
            raise ValueError(f"must look like {allowed}") from error
        if driver not in DRIVERS:
            raise ValueError(f"must look like {allowed}")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:  # no such name; no name at all; a folder of names
            raise ValueError("must be a name of the IANA time zone database, such as Asia/Shanghai") from error
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        try:
            _parsed(value)
        except ValueError as error:
            raise ValueError(
                "must be addresses or networks with commas between, such as 10.0.0.5,10.1.0.0/16"
            ) from error
        return value

    @field_validator("sms_http_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.username):
            raise ValueError(
                "must be an address such as https://sms.example.com/send, without a name or password in it"
            )
        return value

    @field_validator("sms_signature")
    @classmethod
    def _bare_signature(cls, value: str) -> str:
        if set(value) & set("【】[]{}"):
            raise ValueError("must be the bare name; the brackets 【】 are put around it")
        return value.strip()

    @field_validator("sms_gateway")
    @classmethod
    def _gateway_has_what_it_needs(cls, value: str, info: ValidationInfo) -> str:
        """Fields are validated in their order: what a gateway needs stands above it."""
        lacking = [name for name in NEEDED_BY_GATEWAY[value] if not info.data.get(name.removeprefix("DESK_").lower())]
        if lacking:
            raise ValueError(f"{value} needs {' and '.join(lacking)}")
        return value

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        return _parsed(self.trusted_proxies)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'desk.db'}"

    @property
    def embedded(self) -> bool:
        return self.database.startswith("sqlite")


@cache
def _parsed(networks: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(each.strip()) for each in networks.split(",") if each.strip())


def environment(**more: str) -> dict[str, str]:
    """What another program is started with: this process's environment, and more."""
    return {**os.environ, **more}


@cache
def load() -> Settings:
    """Read the settings once. The file is `desk.env` beside the project, or the one that DESK_SETTINGS names."""
    source = Path(os.environ.get("DESK_SETTINGS", ROOT / "desk.env"))
    try:
        return Settings(_env_file=source if source.exists() else None)  # type: ignore[call-arg]
    except ValidationError as error:
        raise BadSettings("; ".join(_complaint(each) for each in error.errors(include_input=False))) from None


def _complaint(error: Any) -> str:
    return f"{error['loc'][0]}: {error['msg'].removeprefix('Value error, ')}"
