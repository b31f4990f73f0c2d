"""What people type to name a person or a car, brought to one form or refused with a sentence (domain.md B5)."""

import re
import unicodedata

import phonenumbers

from lib.refusals import N_, Invalid

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"  # the first character of a plate
PLATE = re.compile(
    rf"[{PROVINCES}][A-HJ-NP-Z]"
    r"(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK])"
)
NO_PLATE = frozenset({"新车", "未上牌", "暂无", "无"})
POLICY_NUMBER = re.compile(r"[A-Z0-9-]+")
MOBILE = re.compile(r"1[3-9]\d{9}")
VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True)
)


def folded(text: str | None) -> str | None:
    """Text without surrounding blanks, full-width letters and digits made plain; `None` when nothing is left."""
    return unicodedata.normalize("NFKC", text).strip() or None if text else None


def mobile(text: str | None) -> str | None:
    """Eleven digits of a mobile number; blank is `None`. Separators and +86 are forgiven, a landline is refused."""
    typed = folded(text)
    if typed is None:
        return None
    digits = re.sub(r"[\s()·.–—-]", "", typed)
    digits = re.sub(r"^(\+86|0086)", "", digits)
    if MOBILE.fullmatch(digits):
        return digits
    if _is_landline(digits):
        raise Invalid(N_("This is a landline. Enter a mobile number of 11 digits, or leave it blank."), field="mobile")
    raise Invalid(
        N_("A mobile number has 11 digits and begins with 13 to 19. Correct it, or leave it blank."), field="mobile"
    )


def _is_landline(digits: str) -> bool:
    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return False
    return (
        phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.MOBILE
    )


def vin(text: str | None) -> str | None:
    """Seventeen capitals and digits of a VIN (no I, O, Q); blank is `None`."""
    typed = folded(text)
    if typed is None:
        return None
    code = re.sub(r"[\s-]", "", typed).upper()
    if not VIN.fullmatch(code):
        raise Invalid(N_("A VIN has 17 letters and digits and never I, O or Q. Check it against the car."), field="vin")
    return code


def plate(text: str | None) -> str | None:
    """A number plate, with or without the dot; a new car has none."""
    code = re.sub(r"[\s·.•-]", "", folded(text) or "").upper()
    if not code or code in NO_PLATE:
        return None
    if not PLATE.fullmatch(code):
        raise Invalid(N_("This is not a number plate."), field="plate")
    return code


def policy_number(text: str | None) -> str | None:
    """Capitals, digits and hyphens."""
    code = (folded(text) or "").upper()
    if code and not POLICY_NUMBER.fullmatch(code):
        raise Invalid(N_("A policy number has only letters, digits and hyphens."), field="policy_no")
    return code or None


def vin_check_fits(code: str) -> bool:
    """Whether the ninth place is the check digit of GB 16735. Imported cars may fail: look again, no more."""
    total = sum(
        weight * (int(place) if place.isdigit() else VIN_VALUES[place])
        for weight, place in zip(VIN_WEIGHTS, code, strict=True)
    )
    return code[8] == "0123456789X"[total % 11]
