"""The marks of the centres on their eight functions: on their own page and on a centre's."""
