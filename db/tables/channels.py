"""The distribution network."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Key, Path, Rate, Term
from db.terms import ChannelKind, MarketTier


class Channel(Base):
    """A node of the network. `path` is the ids from the root, each closed by a dot: a subtree is one range of it.

    A node that moves is closed where it was and goes on as a new one that names it: what it did stays counted there.
    """

    __tablename__ = "channels"
    __table_args__ = (
        CheckConstraint("(kind = 'store') = (parent_id IS NULL)", name="only_stores_are_roots"),
        CheckConstraint("equity_share IS NULL OR (equity_share >= 0 AND equity_share <= 1000000)", name="equity_share"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[ChannelKind] = mapped_column(Term(ChannelKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"), index=True)
    path: Mapped[str] = mapped_column(Path(), unique=True)
    territory: Mapped[str | None] = mapped_column(String(100))
    equity_share: Mapped[Decimal | None] = mapped_column(Rate())
    active: Mapped[bool] = mapped_column(default=True)
    market_tier: Mapped[MarketTier | None] = mapped_column(Term(MarketTier))
    opened_on: Mapped[date | None]  # unknown: it was there from the beginning
    closed_on: Mapped[date | None]
    moved_from_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
