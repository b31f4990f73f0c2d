"""Whether it worked: the reason's share before and after with its intervals, or that there is not enough data."""

from datetime import date

import streamlit as st

from lib import data, formats, kpi
from lib.access import Actor
from lib.countermeasures import effect as effects
from lib.countermeasures.effect import LEAST, SLUG, Effect
from lib.countermeasures.reading import Measure
from lib.periods import Period
from lib.ui import navigation, pictures
from lib.ui.countermeasures import specs, wording
from lib.ui.language import current, t
from lib.ui.look import card

CARD = "measure_effect"


def draw(actor: Actor, measure: Measure, today: date) -> None:
    """The effect of one countermeasure as it stands today."""
    with card(CARD):
        record = kpi.find(SLUG)
        st.markdown(f"**{t('Effect')}** · {t(record.label)}", help=t(record.definition))
        if measure.start_on > today:
            st.caption(t("It is measured from {day} on.", day=wording.day(measure.start_on)))
            return
        found = data.read(effects.effect, measure.aim, measure.run, today)
        if found.enough:
            _picture(actor, found)
            with st.container(horizontal=True):
                for side, share in zip(specs.SIDES, (found.before, found.after), strict=True):
                    _rows_of(measure, share.period, t("{side}: see the cases", side=t(side)))
        else:
            st.info(t("Not enough data"), icon=":material/hourglass_empty:")
        if not found.ended:
            st.caption(_until(found, wording.day(measure.due_on)))


def _until(found: Effect, day: str) -> str:
    if found.enough:
        return t("The window ends on {day}; until then this is what came so far.", day=day)
    return t("The window ends on {day}.", day=day)


def _picture(actor: Actor, found: Effect) -> None:
    st.markdown(_said(found))
    spec = specs.effect(found, current())
    st.vega_lite_chart(spec, theme=None, key="measure_effect_picture", alt=_said(found))
    st.caption(
        t("Bars are 95% intervals (Wilson). Under {least} decided cases in a window nothing is said.", least=LEAST)
    )
    pictures.offer(actor, f"card-{CARD}", t("Effect"), _columns(), _rows(found))


def _rows_of(measure: Measure, window: Period, label: str) -> None:
    """The way to the cases of a window, in the loss analysis."""
    wanted = {
        "period": "range", "from": str(window.first), "to": str(window.last), "of": measure.domain.value,
        "reason": measure.reason_code, "channel": measure.channel_code, "person": measure.person_code,
        "insurer": measure.insurer, "model": measure.car_model_id and str(measure.car_model_id),
    }  # fmt: skip
    st.page_link(
        navigation.page("losses"), label=label, icon=":material/open_in_new:",
        query_params={name: value for name, value in wanted.items() if value},
    )  # fmt: skip


def _said(found: Effect) -> str:
    before, after = found.before.figure.value, found.after.figure.value
    step = float(after or 0) - float(before or 0)
    change = f"{formats.arrow(round(step, 6) and step)} {abs(step) * 100:.1f} pt"  # type: ignore[arg-type]
    if found.apart:
        return t("{change}: the intervals lie apart, so chance alone is unlikely.", change=change)
    return t("{change}: the intervals overlap, so it may be chance.", change=change)


def _columns() -> list[str]:
    return [t("Window"), t("From"), t("To"), t("Lost for the reason"), t("Decided"), t("Share"), t("95% interval")]


def _rows(found: Effect) -> list[list[str | int | date]]:
    return [
        [
            t(side), share.period.first, share.period.last, share.lost_for_reason, share.decided,
            formats.percent(share.figure.value), specs.interval(share),
        ]
        for side, share in zip(specs.SIDES, (found.before, found.after), strict=True)
    ]  # fmt: skip
