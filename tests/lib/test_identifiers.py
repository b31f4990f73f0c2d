"""Numbers are brought to one form, or refused with a reason."""

import pytest

from lib import identifiers
from lib.refusals import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("13812348000", "13812348000"), (" 138 1234-8000 ", "13812348000"), ("+86 13812348000", "13812348000"),
     ("１３８１２３４８０００", "13812348000"), ("19912348000", "19912348000"), ("", None), ("  ", None), (None, None)],
)  # fmt: skip
def test_a_mobile_number_keeps_its_eleven_digits(typed: str | None, kept: str | None) -> None:
    assert identifiers.mobile(typed) == kept


@pytest.mark.parametrize("typed", ["0871-63123456", "4008123456"])
def test_a_landline_is_named_as_one(typed: str) -> None:
    with pytest.raises(Invalid, match="landline") as refusal:
        identifiers.mobile(typed)
    assert refusal.value.field == "mobile"


@pytest.mark.parametrize("typed", ["1381234800", "138123480000", "12812348000", "hello", "1381234800a"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="11 digits"):
        identifiers.mobile(typed)


@pytest.mark.parametrize("code", ["1M8GDM9AXKP042788", "LSVHJ133022221761"])
def test_a_right_check_digit_fits_and_a_wrong_one_does_not(code: str) -> None:
    assert identifiers.vin(f" {code.lower()} ") == code
    assert identifiers.vin_check_fits(code)
    assert not identifiers.vin_check_fits(code[:-1] + ("1" if code[-1] != "1" else "2"))


@pytest.mark.parametrize("typed", ["LSVHJ13302222176", "LSVHJ13302222176I", "OSVHJ133022221761", "LSVHJ1330222217611"])
def test_a_vin_of_wrong_length_or_letters_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="17 letters"):
        identifiers.vin(typed)
