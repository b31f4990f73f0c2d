"""Loading workbooks in the form of the interchange contract: read, check, merge, write, tell."""
