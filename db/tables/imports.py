"""Files that were loaded, and what each of their rows said last."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Term
from db.terms import ImportState


class ImportJob(Base):
    """One import from the screen: how far it is, and its report."""

    __tablename__ = "import_jobs"
    __table_args__ = (SQLITE_KEYS,)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    file_name: Mapped[str] = mapped_column(String(255))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[ImportState] = mapped_column(Term(ImportState))
    done_rate: Mapped[float] = mapped_column(default=0.0)
    report: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    started_at: Mapped[datetime] = mapped_column(Instant())
    finished_at: Mapped[datetime | None] = mapped_column(Instant())


class ImportedRow(Base):
    """What a row of a form said when it was last loaded, as short keyed digests of its cells, in the form's order.

    It tells a file that says nothing new from one that does, and a person's change from a file's. No value is kept.
    """

    __tablename__ = "imported_rows"

    sheet: Mapped[str] = mapped_column(String(32), primary_key=True)
    key_digest: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    cells: Mapped[bytes] = mapped_column(LargeBinary(256))
