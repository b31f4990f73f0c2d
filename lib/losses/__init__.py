"""Why cases are lost (model.md, "Losses"): what is counted, compared, and listed."""
