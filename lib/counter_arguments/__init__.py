"""The library of counter-arguments (W4): what to answer a customer who names a price or another seller."""
