"""Lost cases as people record them, for tests of what is done about losses."""

from decimal import Decimal

from db.terms import ContactMethod, LeadEventKind, LossDomain
from lib import data
from lib.leads import steps
from lib.leads.steps import Step
from lib.loss_reviews import reading
from lib.loss_reviews.reading import Loss
from lib.renewals import acts
from tests.cases import expiring, row
from tests.db.leads.showroom import arrive, lead, reason
from tests.personas import Personas

LEAD, RENEWAL = LossDomain.LEAD, LossDomain.RENEWAL


def lost_renewal(
    made: Personas, slug: str = "price_direct", owner: str = "specialist", channel: str = "S1",
    competitor: str = "平安直销",
) -> int:  # fmt: skip
    """A renewal that its specialist lost just now; its key."""
    key = expiring(made, owner=owner, channel=channel, name="欧阳春晓")
    typed = acts.Loss(
        ContactMethod.PHONE, reason(slug, RENEWAL), note="客户电话 13812348000", competitor=competitor,
        price_gap=Decimal(300), countermeasure="送保养券",
    )  # fmt: skip
    data.write(acts.lose, made.actors[owner], key, row(key).version, typed)
    return key


def lost_lead(made: Personas, slug: str = "price_gap", by: str = "consultant", mobile: str = "13812348000") -> int:
    """A lead that its consultant lost just now; its key."""
    key = arrive(made.actors[by], mobile=mobile).lead_id
    step = Step(LeadEventKind.LOST, loss_reason_id=reason(slug), competitor="博远", note="对手便宜")
    data.write(steps.advance, made.actors[by], key, lead(key).version, step)
    return key


def loss_of(made: Personas, domain: LossDomain, case_id: int, who: str = "manager") -> Loss:
    """The loss of a case as somebody sees it now."""
    found = data.fresh(reading.of_case, made.actors[who].own_scope, domain, case_id)
    assert found is not None
    return found
