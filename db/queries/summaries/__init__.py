"""The sentences of the sums of whole months: which still hold, how they are made, how they are read."""
