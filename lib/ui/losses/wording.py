"""How reasons, people, channels, models and insurers of the loss analysis are called."""

from typing import TypeVar

from db.terms import LossDomain, RenewalType
from lib import formats
from lib.kpi import Figure
from lib.losses.choices import LossChoices, PersonChoice
from lib.losses.filters import Gap
from lib.losses.picture import SMALL, Key
from lib.losses.reasons import Reason
from lib.periods import Period
from lib.ui.language import current, spoken, t, term

T = TypeVar("T")


def group(reason: Reason, both: bool) -> str:
    """价格; with its domain where both are shown: 续保 · 价格."""
    name = reason.group_name_en if current() == "en" else reason.group_name
    return f"{term(reason.domain)} · {name}" if both else name


def second(reason: Reason) -> str:
    """电网销更低."""
    return reason.name_en if current() == "en" else reason.name


def both_levels(reason: Reason, both: bool) -> dict[str, str]:
    """The first and the second level by their codes, as a list offers them."""
    return {reason.group_code: group(reason, both), reason.code: f"{group(reason, both)} / {second(reason)}"}


def of_code(code: str, reasons: tuple[Reason, ...], both: bool) -> str:
    """A reason of either level by its code."""
    return next((said[code] for each in reasons if code in (said := both_levels(each, both))), code)


def person(each: PersonChoice) -> str:
    """A name; of one who left it says so."""
    return each.name if each.active else t("{name} (left)", name=each.name)


def of_person(key: Key, known: LossChoices) -> str:
    """A person by id; cases without one have nobody."""
    return person(known.people[key]) if isinstance(key, int) and key in known.people else t("Nobody")


def of_channel(key: Key, known: LossChoices) -> str:
    """A channel by id."""
    return known.channels[key].name if isinstance(key, int) and key in known.channels else t("Elsewhere")


def of_thing(domain: LossDomain, key: Key, known: LossChoices) -> str:
    """A lead's model, a renewal's insurer."""
    if domain is LossDomain.LEAD:
        return known.models[key] if isinstance(key, int) and key in known.models else t("No model noted")
    return str(key) if key is not None else t("No insurer noted")


def of_type(kind: RenewalType | None) -> str:
    """A renewal's type; leads have none."""
    return term(LossDomain.LEAD) if kind is None else term(kind)


def gap(each: Gap, both: bool) -> str:
    """200–300 元, 20,000 元以上."""
    words = spoken()
    least = formats.number(each.least, words)
    said = (
        t("¥{least} and more", least=least)
        if each.below is None
        else t("¥{least} to {below}", least=least, below=formats.number(each.below, words))
    )
    return f"{term(each.domain)} · {said}" if both else said


def sample(cases: int) -> str:
    """A word on a sample too small to say much; blank for a sufficient one."""
    return t("few cases (n = {count})", count=cases) if 0 < cases < SMALL else ""


def month_label(month: Period) -> tuple[str, ...]:
    """11月; a January with its year below."""
    name = formats.month_alone(month.first, spoken())
    return (name, f"{month.first:%Y}") if month.first.month == 1 else (name,)


def number(figure: Figure) -> float | None:
    """A figure's value as a chart takes it."""
    return None if figure.value is None else float(figure.value)
