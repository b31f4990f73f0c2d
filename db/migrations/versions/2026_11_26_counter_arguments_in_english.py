"""counter-arguments in English"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = 'e2d95a13c7f0'
down_revision: str | None = 'c4a8e70d1b35'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table('counter_arguments') as batch_op:
        batch_op.add_column(sa.Column('title_en', sa.String(length=100), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('text_en', sa.String(length=1000), nullable=False, server_default=''))
    op.execute('UPDATE counter_arguments SET title_en = title, text_en = text')
    with op.batch_alter_table('counter_arguments') as batch_op:
        batch_op.alter_column('title_en', existing_type=sa.String(length=100), existing_nullable=False, server_default=None)
        batch_op.alter_column('text_en', existing_type=sa.String(length=1000), existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('counter_arguments') as batch_op:
        batch_op.drop_column('text_en')
        batch_op.drop_column('title_en')
