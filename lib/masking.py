"""Personal values as they may be shown (domain.md B4): enough to tell two apart, too little to use."""

import re

VIN_SHOWN = 6  # the last places of a VIN, which tell two cars of a store apart


def name(value: str | None) -> str | None:
    """张三丰 → 张**."""
    return value and value[0] + "*" * max(1, len(value) - 1)


def mobile(value: str | None) -> str | None:
    """13812348000 → 138****8000."""
    return value and (f"{value[:3]}****{value[-4:]}" if len(value) >= 7 else "*" * len(value))


def id_number(value: str | None) -> str | None:
    """First three and last four places of an ID number."""
    return value and (value[:3] + "*" * (len(value) - 7) + value[-4:] if len(value) > 7 else "*" * len(value))


def plate(value: str | None) -> str | None:
    """云A12345 → 云A***45."""
    return value and (f"{value[:2]}***{value[-2:]}" if len(value) >= 5 else "*" * len(value))


def vin(value: str | None) -> str | None:
    """The last six places of a VIN."""
    return value and "*" * max(0, len(value) - VIN_SHOWN) + value[-VIN_SHOWN:]


PERSONAL = re.compile(r"(?<![A-Za-z0-9])(?:1[3-9]\d{9}|\d{17}[\dXx]|[A-HJ-NPR-Z0-9]{17})(?![A-Za-z0-9])")


def text(value: str | None) -> str | None:
    """Free text with the mobile numbers, ID numbers and VINs in it masked."""
    return value and PERSONAL.sub(lambda found: _number(found.group()), value)


def _number(value: str) -> str:
    if len(value) == 11:
        return mobile(value) or ""
    return (id_number(value) if len(value) == 18 else vin(value)) or ""
