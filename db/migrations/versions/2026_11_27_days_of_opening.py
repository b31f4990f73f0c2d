"""days of opening"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = '7c1e94b2d06a'
down_revision: str | None = '5d20f6a91b3c'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column('channels', sa.Column('opened_on', sa.Date(), nullable=True))
    # What moved goes on under a row that began on the day on which the one before it was closed.
    op.execute(
        'UPDATE channels SET opened_on = (SELECT before.closed_on FROM channels AS before'
        ' WHERE before.id = channels.moved_from_id) WHERE moved_from_id IS NOT NULL'
    )


def downgrade() -> None:
    with op.batch_alter_table('channels') as batch_op:
        batch_op.drop_column('opened_on')
