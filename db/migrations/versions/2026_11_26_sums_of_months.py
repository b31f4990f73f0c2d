"""sums of months"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = 'b07561ccd817'
down_revision: str | None = 'e2d95a13c7f0'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('channel_months',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('channel_id', sa.BigInteger(), nullable=False),
    sa.Column('leads', sa.Integer(), nullable=False),
    sa.Column('orders', sa.Integer(), nullable=False),
    sa.Column('deliveries', sa.Integer(), nullable=False),
    sa.Column('revenue', sa.BigInteger(), nullable=False),
    sa.Column('guided_revenue', sa.BigInteger(), nullable=False),
    sa.Column('guide_amount', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel_months'))
    )
    with op.batch_alter_table('channel_months', schema=None) as batch_op:
        batch_op.create_index('ix_channel_months_month', ['month', 'channel_id'], unique=False)

    op.create_table('decided_months',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('domain', sa.Enum('lead', 'renewal', name='lossdomain', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('grain', sa.Enum('whole', 'person', 'thing', 'type', 'reason', name='sumgrain', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('scope_id', sa.BigInteger(), nullable=False),
    sa.Column('key_id', sa.BigInteger(), nullable=True),
    sa.Column('key_text', sa.String(length=100), nullable=True),
    sa.Column('reason_id', sa.BigInteger(), nullable=True),
    sa.Column('lost', sa.Integer(), nullable=False),
    sa.Column('won', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decided_months'))
    )
    with op.batch_alter_table('decided_months', schema=None) as batch_op:
        batch_op.create_index('ix_decided_months_scope', ['domain', 'grain', 'month', 'scope_id'], unique=False)

    op.create_table('due_months',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('grain', sa.Enum('whole', 'person', 'thing', 'type', 'reason', name='sumgrain', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('scope_id', sa.BigInteger(), nullable=False),
    sa.Column('key_id', sa.BigInteger(), nullable=True),
    sa.Column('key_text', sa.String(length=100), nullable=True),
    sa.Column('renewed', sa.Integer(), nullable=False),
    sa.Column('lost', sa.Integer(), nullable=False),
    sa.Column('recovered', sa.Integer(), nullable=False),
    sa.Column('quoted', sa.Integer(), nullable=False),
    sa.Column('unquoted', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_due_months'))
    )
    with op.batch_alter_table('due_months', schema=None) as batch_op:
        batch_op.create_index('ix_due_months_scope', ['grain', 'month', 'scope_id'], unique=False)

    op.create_table('stale_months',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('sales', 'decided', 'due', name='monthkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('channel_id', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stale_months'))
    )
    with op.batch_alter_table('stale_months', schema=None) as batch_op:
        batch_op.create_index('ix_stale_months_month', ['kind', 'month', 'channel_id'], unique=False)


def downgrade() -> None:
    # The triggers that fill stale_months are laid after the migrations; they must go before it does.
    bind = op.get_bind()
    if bind.dialect.name == 'sqlite':
        for (name,) in bind.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'mark\\_%' ESCAPE '\\'")).all():
            op.execute(f'DROP TRIGGER {name}')
    else:
        for (name,) in bind.execute(sa.text("SELECT proname FROM pg_proc WHERE proname LIKE 'mark\\_%' AND pronamespace = current_schema()::regnamespace")).all():
            op.execute(f'DROP FUNCTION {name}() CASCADE')
    for table in ('stale_months', 'due_months', 'decided_months', 'channel_months'):
        op.drop_table(table)
