"""How a distribution centre does its eight functions, month by month, with what each mark rests on (C3)."""
