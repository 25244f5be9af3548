"""Declarations of the research files: what each holds, what is legal in it, where it comes from."""
