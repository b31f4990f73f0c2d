"""Personal values as they may be shown (domain.md B4): enough to tell two apart, too little to use."""


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
    return value and "*" * max(0, len(value) - 6) + value[-6:]
