"""indexes of decided cases"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = 'c4a8e70d1b35'
down_revision: str | None = 'b1f04c6d92aa'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

EVENTS = (('lead_events', 'delivery', ('consultant_id', 'lead_id')), ('renewal_events', 'renewed', ('specialist_id', 'renewal_id')))


def upgrade() -> None:
    for table, won, whose in EVENTS:
        decided = sa.text(f"superseded_at IS NULL AND (kind = 'lost' OR kind = '{won}')")
        asked = ('business_on', 'kind', 'loss_reason_id')
        for name, columns in (
            (f'ix_{table}_decided', ('channel_id', *asked, *whose, 'superseded_at')),
            (f'ix_{table}_decided_days', (*asked, 'channel_id', *whose, 'superseded_at')),
        ):
            op.create_index(name, table, list(columns), sqlite_where=decided, postgresql_where=decided)


def downgrade() -> None:
    for table, _, _ in EVENTS:
        op.drop_index(f'ix_{table}_decided_days', table)
        op.drop_index(f'ix_{table}_decided', table)
