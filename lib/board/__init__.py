"""The managers' board: its figures, the rows behind them, and what stands beside and below them."""
