"""What compiled code is given, by place: pointers, then three numbers."""

(ARENA, PARAMETERS, ONCE_FIGURES, YEAR_FIGURES, ONCE_KEYS, YEAR_KEYS, LUCK, UNKNOWNS, RECORD, FUTURES, PADDED, YEARS) = range(12)  # fmt: skip
