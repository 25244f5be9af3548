"""What compiled code is given, by place: pointers, then three numbers."""

ARENA, PARAMETERS, ONCE_FIGURES, YEAR_FIGURES, ONCE_KEYS, YEAR_KEYS = range(6)
LUCK, UNKNOWNS, RECORD, FUTURES, PADDED, YEARS = range(6, 12)
