"""The people page: the list, one person's card, and the form for a new one."""
