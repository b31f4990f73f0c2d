"""Who insures a car whose policies expire."""

from typing import Any

from sqlalchemy import ColumnElement, select

from db.tables import Policy
from db.terms import PolicyLine


def insurer_of(renewal_id: Any) -> ColumnElement[str]:
    """Of the policies that expire into a renewal the commercial one's insurer, else the other's."""
    return (
        select(Policy.insurer)
        .where(Policy.expiring_renewal_id == renewal_id)
        .order_by(Policy.line != PolicyLine.COMMERCIAL, Policy.id)
        .limit(1)
        .correlate_except(Policy)
        .scalar_subquery()
    )
