"""What an import says of a file that it cannot use at all."""

from lib.refusals import Refused


class Unusable(Refused):
    """The file cannot be read as a workbook of the contract (exit code 2)."""
