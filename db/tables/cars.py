"""Models on sale, cars, and cars in stock."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Bytewise, Key, Money, Rate, Term
from db.terms import Fuel, StockStatus


class CarModel(Base):
    """A model on sale with the price the maker guides it at."""

    __tablename__ = "car_models"
    __table_args__ = (CheckConstraint("guide_price >= 0", name="guide_price"), SQLITE_KEYS)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    series: Mapped[str | None] = mapped_column(String(100))
    guide_price: Mapped[Decimal] = mapped_column(Money())


class Vehicle(Base):
    """A car, known by its VIN."""

    __tablename__ = "vehicles"
    __table_args__ = (CheckConstraint("length(vin) = 17", name="vin_length"), SQLITE_KEYS)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    vin: Mapped[str] = mapped_column(Bytewise(17), unique=True)
    vin_tail: Mapped[str] = mapped_column(String(6), Computed("substr(vin, 12)", persisted=True), index=True)
    plate: Mapped[str | None] = mapped_column(Bytewise(10), index=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    car_model: Mapped[str | None] = mapped_column(String(100))
    vehicle_use: Mapped[str | None] = mapped_column(String(50))
    seats: Mapped[int | None]
    displacement: Mapped[Decimal | None] = mapped_column(Rate())
    fuel: Mapped[Fuel | None] = mapped_column(Term(Fuel))
    first_registered_on: Mapped[date | None]
    claims: Mapped[int | None]
    no_claim_coefficient: Mapped[Decimal | None] = mapped_column(Rate())
    version: Mapped[int] = mapped_column(default=1)


class StockUnit(Base):
    """One car in stock, in transit or gone."""

    __tablename__ = "stock_units"
    __table_args__ = (
        Index("ix_stock_units_channel_status", "channel_id", "status", "car_model_id"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    vin: Mapped[str] = mapped_column(String(17), unique=True)
    car_model_id: Mapped[int] = mapped_column(ForeignKey("car_models.id"), index=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    status: Mapped[StockStatus] = mapped_column(Term(StockStatus))
    ordered_on: Mapped[date | None]
    eta_on: Mapped[date | None]
    arrived_on: Mapped[date | None]
    cost_amount: Mapped[Decimal | None] = mapped_column(Money())
    left_on: Mapped[date | None]
