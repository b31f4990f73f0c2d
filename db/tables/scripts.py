"""What a specialist says on the phone, stage by stage."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Term
from db.terms import Stage


class Script(Base):
    """The words for one stage, in both languages; managers edit the rows."""

    __tablename__ = "scripts"

    stage: Mapped[Stage] = mapped_column(Term(Stage), primary_key=True)
    body: Mapped[str] = mapped_column(String(2000))
    body_en: Mapped[str] = mapped_column(String(2000))
    version: Mapped[int] = mapped_column(default=1)
