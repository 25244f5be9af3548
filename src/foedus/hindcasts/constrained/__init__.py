"""The constrained ensemble: draws of every parameter weighed by what runs on past worlds should have shown."""
