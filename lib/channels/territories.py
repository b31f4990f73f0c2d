"""The districts that a node's territory lists."""

from db.queries.alerts import BETWEEN, SEPARATORS


def districts(territory: str | None) -> tuple[str, ...]:
    """The districts of a territory as it is written, told apart as the alerts of sales outside it do."""
    listed = territory or ""
    for separator in SEPARATORS:
        listed = listed.replace(separator, BETWEEN)
    return tuple(filter(None, listed.split(BETWEEN)))
