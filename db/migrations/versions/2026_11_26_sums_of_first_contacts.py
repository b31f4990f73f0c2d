"""sums of first contacts"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = '5d20f6a91b3c'
down_revision: str | None = 'b07561ccd817'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # Every month is summed up anew after a migration: what stands here need not be kept.
    op.execute('DELETE FROM channel_months')
    with op.batch_alter_table('channel_months') as batch_op:
        batch_op.add_column(sa.Column('captured', sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column('first_visits', sa.Integer(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('channel_months') as batch_op:
        batch_op.drop_column('first_visits')
        batch_op.drop_column('captured')
