"""The engine: one year at a time over many futures at once. Read `year.py` first."""
