"""The version of Foedus, written here alone: the package's metadata and every run folder read it."""

__version__ = "0.2.0"
