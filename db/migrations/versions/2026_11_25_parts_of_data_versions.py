"""parts of data versions"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = 'b1f04c6d92aa'
down_revision: str | None = '675ef6fc2e87'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table('data_versions') as batch_op:
        batch_op.add_column(sa.Column('part', sa.Integer(), nullable=False, server_default='0'))
        batch_op.drop_constraint('pk_data_versions', type_='primary')
        batch_op.create_primary_key('pk_data_versions', ['subject', 'part'])
    with op.batch_alter_table('data_versions') as batch_op:
        batch_op.alter_column('part', existing_type=sa.Integer(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    op.execute(
        'UPDATE data_versions SET version = (SELECT sum(each.version) FROM data_versions AS each '
        'WHERE each.subject = data_versions.subject) WHERE part = 0'
    )
    op.execute('DELETE FROM data_versions WHERE part <> 0')
    with op.batch_alter_table('data_versions') as batch_op:
        batch_op.drop_constraint('pk_data_versions', type_='primary')
        batch_op.create_primary_key('pk_data_versions', ['subject'])
        batch_op.drop_column('part')
