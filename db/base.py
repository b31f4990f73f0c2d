"""The declarative base, constraint names, and column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Enum, Integer, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, stored as UTC without a zone on both engines. A naive value is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Scaled(TypeDecorator[Decimal]):
    """An exact decimal kept as a whole number of its last place, so that SQLite sums it without rounding."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | int | None, dialect: Any) -> int | None:
        return None if value is None else int((Decimal(value).scaleb(self.places)).to_integral_value())

    def process_result_value(self, value: Any, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-self.places)


def Money() -> Scaled:
    """Yuan to two places."""
    return Scaled(2)


def Rate() -> Scaled:
    """A ratio or coefficient to six places."""
    return Scaled(6)


def Term(terms: type[StrEnum]) -> Enum:
    """A closed vocabulary: text with a check constraint, read back as its member."""
    return Enum(
        terms,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=terms.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def Bytewise(length: int) -> String:
    """Text compared byte by byte on both engines, so that its beginning is one range of an index."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def Path() -> String:
    """A materialised path."""
    return Bytewise(255)


Key = BigInteger().with_variant(Integer, "sqlite")

SQLITE_KEYS = {"sqlite_autoincrement": True}  # keys are never used again, and a block of them can be reserved
