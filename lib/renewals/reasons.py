"""What the forms of a case offer to choose from."""

from sqlalchemy import Connection

from db.queries import choices as queries
from db.terms import LossDomain, Subject
from lib.data import reads
from lib.leads.choices import Reason


@reads(Subject.SETTINGS)
def of_renewals(connection: Connection) -> tuple[Reason, ...]:
    """The reasons for losing a renewal, in the order of the dictionary."""
    found = connection.execute(queries.loss_reasons(LossDomain.RENEWAL))
    return tuple(Reason(row.id, row.slug, row.group, row.name, row.group_en, row.name_en) for row in found)
