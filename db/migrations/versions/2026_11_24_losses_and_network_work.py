"""losses and network work"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = '675ef6fc2e87'
down_revision: str | None = 'd11795d71c76'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SUBJECTS = (
    'people', 'channels', 'sales', 'policies', 'renewals', 'targets', 'stock', 'forecasts', 'commission', 'settings',
    'screens', 'imports', 'messages',
)


def _subjects(*allowed: str) -> None:
    """Let the data versions count these subjects."""
    known = 'subject IN ({})'.format(', '.join(f"'{each}'" for each in allowed))
    with op.batch_alter_table('data_versions') as batch_op:
        batch_op.drop_constraint(op.f('ck_data_versions_subject'), type_='check')
        batch_op.create_check_constraint(op.f('ck_data_versions_subject'), known)


def upgrade() -> None:
    op.create_table('counter_arguments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('domain', sa.Enum('lead', 'renewal', name='lossdomain', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('loss_reason_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['loss_reason_id'], ['loss_reasons.id'], name=op.f('fk_counter_arguments_loss_reason_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_counter_arguments')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('counter_arguments', schema=None) as batch_op:
        batch_op.create_index('ix_counter_arguments_reason', ['loss_reason_id', 'position'], unique=False)

    op.create_table('alert_settlements',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('price', 'territory', 'wholesale', 'conversion', 'silent', name='alertkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('channel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case', sa.String(length=64), nullable=False),
    sa.Column('state', sa.Enum('explained', 'corrected', 'dismissed', name='alertstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('settled_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('settled_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['channels.id'], name=op.f('fk_alert_settlements_channel_id')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['users.id'], name=op.f('fk_alert_settlements_settled_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_settlements')),
    sa.UniqueConstraint('kind', 'channel_id', 'case', name=op.f('uq_alert_settlements_kind_channel_id_case')),
    sqlite_autoincrement=True
    )
    op.create_table('countermeasures',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('domain', sa.Enum('lead', 'renewal', name='lossdomain', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('loss_reason_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('channel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('insurer', sa.String(length=100), nullable=True),
    sa.Column('car_model_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('what', sa.String(length=1000), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('start_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'running', 'done', 'dropped', name='countermeasurestate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('done', 'dropped')) = (closed_at IS NOT NULL)", name=op.f('ck_countermeasures_closed')),
    sa.CheckConstraint('start_on <= due_on', name=op.f('ck_countermeasures_days')),
    sa.ForeignKeyConstraint(['car_model_id'], ['car_models.id'], name=op.f('fk_countermeasures_car_model_id')),
    sa.ForeignKeyConstraint(['channel_id'], ['channels.id'], name=op.f('fk_countermeasures_channel_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_countermeasures_created_by_id')),
    sa.ForeignKeyConstraint(['loss_reason_id'], ['loss_reasons.id'], name=op.f('fk_countermeasures_loss_reason_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_countermeasures_owner_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_countermeasures_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_countermeasures')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('countermeasures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_countermeasures_channel_id'), ['channel_id'], unique=False)
        batch_op.create_index('ix_countermeasures_due', ['due_on', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_countermeasures_loss_reason_id'), ['loss_reason_id'], unique=False)
        batch_op.create_index('ix_countermeasures_owner', ['owner_id', 'due_on'], unique=False)

    op.create_table('feedback',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('channel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic', sa.Enum('competitor', 'price', 'product', 'demand', 'other', name='feedbacktopic', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('action', sa.String(length=1000), nullable=True),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_feedback_actor_id')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['users.id'], name=op.f('fk_feedback_answered_by_id')),
    sa.ForeignKeyConstraint(['channel_id'], ['channels.id'], name=op.f('fk_feedback_channel_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_channel', ['channel_id', 'at'], unique=False)

    op.create_table('forecast_freezes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('channel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('frozen_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('frozen_at', sa.DateTime(), nullable=False),
    sa.Column('thawed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('thawed_at', sa.DateTime(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('thawed_at IS NULL OR reason IS NOT NULL', name=op.f('ck_forecast_freezes_thawed_with_reason')),
    sa.ForeignKeyConstraint(['channel_id'], ['channels.id'], name=op.f('fk_forecast_freezes_channel_id')),
    sa.ForeignKeyConstraint(['frozen_by_id'], ['users.id'], name=op.f('fk_forecast_freezes_frozen_by_id')),
    sa.ForeignKeyConstraint(['thawed_by_id'], ['users.id'], name=op.f('fk_forecast_freezes_thawed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forecast_freezes')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('forecast_freezes', schema=None) as batch_op:
        batch_op.create_index('uq_forecast_freezes_standing', ['channel_id', 'month'], unique=True, sqlite_where=sa.text('thawed_at IS NULL'), postgresql_where=sa.text('thawed_at IS NULL'))

    op.create_table('partners',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('kind', sa.Enum('store', 'regional_agent', 'distribution_centre', 'exclusive_store', 'area_agent', 'terminal_dealer', name='channelkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('territory', sa.String(length=100), nullable=True),
    sa.Column('market_tier', sa.Enum('prefecture', 'urban', 'mall', name='markettier', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('state', sa.Enum('visiting', 'accepted', 'rejected', name='partnerstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('decision', sa.String(length=1000), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('channel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'visiting') = (decided_at IS NULL)", name=op.f('ck_partners_decided')),
    sa.CheckConstraint("state = 'visiting' OR decision IS NOT NULL", name=op.f('ck_partners_decided_with_reason')),
    sa.ForeignKeyConstraint(['channel_id'], ['channels.id'], name=op.f('fk_partners_channel_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_partners_created_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_partners_decided_by_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['channels.id'], name=op.f('fk_partners_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partners')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('partners', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partners_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index('ix_partners_state', ['state', 'created_at'], unique=False)

    op.create_table('countermeasure_notes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('countermeasure_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('note', 'improvement', 'state', name='countermeasurenotekind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('state', sa.Enum('planned', 'running', 'done', 'dropped', name='countermeasurestate', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_countermeasure_notes_actor_id')),
    sa.ForeignKeyConstraint(['countermeasure_id'], ['countermeasures.id'], name=op.f('fk_countermeasure_notes_countermeasure_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_countermeasure_notes')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('countermeasure_notes', schema=None) as batch_op:
        batch_op.create_index('ix_countermeasure_notes_history', ['countermeasure_id', 'at'], unique=False)

    op.create_table('partner_marks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('partner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('criterion', sa.Enum('capital', 'premises', 'team', 'region', 'reputation', name='partnercriterion', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('mark', sa.Integer(), nullable=False),
    sa.Column('evidence', sa.String(length=500), nullable=False),
    sa.CheckConstraint('mark BETWEEN 0 AND 100', name=op.f('ck_partner_marks_mark')),
    sa.ForeignKeyConstraint(['partner_id'], ['partners.id'], name=op.f('fk_partner_marks_partner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_marks')),
    sa.UniqueConstraint('partner_id', 'criterion', name=op.f('uq_partner_marks_partner_id_criterion')),
    sqlite_autoincrement=True
    )
    op.create_table('partner_visits',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('partner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('findings', sa.String(length=1000), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_partner_visits_actor_id')),
    sa.ForeignKeyConstraint(['partner_id'], ['partners.id'], name=op.f('fk_partner_visits_partner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_visits')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('partner_visits', schema=None) as batch_op:
        batch_op.create_index('ix_partner_visits_partner', ['partner_id', 'visited_on'], unique=False)

    op.create_table('loss_reviews',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lead_event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('renewal_event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.Enum('accepted', 'returned', 'answered', name='lossreviewstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('question', sa.String(length=1000), nullable=True),
    sa.Column('reviewed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(), nullable=False),
    sa.Column('answer', sa.String(length=1000), nullable=True),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'answered' OR answer IS NOT NULL", name=op.f('ck_loss_reviews_answered')),
    sa.CheckConstraint("state = 'accepted' OR question IS NOT NULL", name=op.f('ck_loss_reviews_returned_with_question')),
    sa.CheckConstraint('(lead_event_id IS NULL) <> (renewal_event_id IS NULL)', name=op.f('ck_loss_reviews_one_event')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['users.id'], name=op.f('fk_loss_reviews_answered_by_id')),
    sa.ForeignKeyConstraint(['lead_event_id'], ['lead_events.id'], name=op.f('fk_loss_reviews_lead_event_id')),
    sa.ForeignKeyConstraint(['renewal_event_id'], ['renewal_events.id'], name=op.f('fk_loss_reviews_renewal_event_id')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['users.id'], name=op.f('fk_loss_reviews_reviewed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loss_reviews')),
    sa.UniqueConstraint('lead_event_id', name=op.f('uq_loss_reviews_lead_event_id')),
    sa.UniqueConstraint('renewal_event_id', name=op.f('uq_loss_reviews_renewal_event_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('loss_reviews', schema=None) as batch_op:
        batch_op.create_index('ix_loss_reviews_state', ['state', 'reviewed_at'], unique=False)

    key = 'INTEGER' if op.get_bind().dialect.name == 'sqlite' else 'BIGINT'
    for table, column in (
        ('channels', "market_tier VARCHAR(32) CONSTRAINT ck_channels_markettier "
                     "CHECK (market_tier IN ('prefecture', 'urban', 'mall'))"),
        ('channels', 'closed_on DATE'),
        ('channels', f'moved_from_id {key} CONSTRAINT fk_channels_moved_from_id REFERENCES channels (id)'),
        ('forecasts', f'submitted_by_id {key} CONSTRAINT fk_forecasts_submitted_by_id REFERENCES users (id)'),
        ('forecasts', 'below_quantity INTEGER'),
        ('forecasts', 'reason VARCHAR(500)'),
        ('scores', 'version INTEGER NOT NULL DEFAULT 1'),
    ):
        # Plain SQL, the same on both engines: no table is copied.
        op.execute(f'ALTER TABLE {table} ADD COLUMN {column}')
    op.create_index('ix_channels_moved_from_id', 'channels', ['moved_from_id'])
    _subjects(*SUBJECTS, 'countermeasures', 'partners')


def downgrade() -> None:
    op.execute("DELETE FROM data_versions WHERE subject IN ('countermeasures', 'partners')")
    _subjects(*SUBJECTS)
    op.execute('ALTER TABLE scores DROP COLUMN version')
    op.drop_index('ix_channels_moved_from_id', 'channels')
    with op.batch_alter_table('channels', table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_constraint(op.f('ck_channels_markettier'), type_='check')
        for column in ('moved_from_id', 'closed_on', 'market_tier'):
            batch_op.drop_column(column)
    with op.batch_alter_table('forecasts', table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        for column in ('reason', 'below_quantity', 'submitted_by_id'):
            batch_op.drop_column(column)

    with op.batch_alter_table('loss_reviews', schema=None) as batch_op:
        batch_op.drop_index('ix_loss_reviews_state')

    op.drop_table('loss_reviews')
    with op.batch_alter_table('partner_visits', schema=None) as batch_op:
        batch_op.drop_index('ix_partner_visits_partner')

    op.drop_table('partner_visits')
    op.drop_table('partner_marks')
    with op.batch_alter_table('countermeasure_notes', schema=None) as batch_op:
        batch_op.drop_index('ix_countermeasure_notes_history')

    op.drop_table('countermeasure_notes')
    with op.batch_alter_table('partners', schema=None) as batch_op:
        batch_op.drop_index('ix_partners_state')
        batch_op.drop_index(batch_op.f('ix_partners_parent_id'))

    op.drop_table('partners')
    with op.batch_alter_table('forecast_freezes', schema=None) as batch_op:
        batch_op.drop_index('uq_forecast_freezes_standing', sqlite_where=sa.text('thawed_at IS NULL'), postgresql_where=sa.text('thawed_at IS NULL'))

    op.drop_table('forecast_freezes')
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_index('ix_feedback_channel')

    op.drop_table('feedback')
    with op.batch_alter_table('countermeasures', schema=None) as batch_op:
        batch_op.drop_index('ix_countermeasures_owner')
        batch_op.drop_index(batch_op.f('ix_countermeasures_loss_reason_id'))
        batch_op.drop_index('ix_countermeasures_due')
        batch_op.drop_index(batch_op.f('ix_countermeasures_channel_id'))

    op.drop_table('countermeasures')
    op.drop_table('alert_settlements')
    with op.batch_alter_table('counter_arguments', schema=None) as batch_op:
        batch_op.drop_index('ix_counter_arguments_reason')

    op.drop_table('counter_arguments')
