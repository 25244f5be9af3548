"""Every task that a worker does, by name: importing this module brings them all."""

from foedus.app import accounts, looking, seeking, tabling
from foedus.app.answering import TASKS

__all__ = ["TASKS", "accounts", "looking", "seeking", "tabling"]
