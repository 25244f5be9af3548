"""Every task that a worker does, by name: importing this module brings them all."""

from foedus.app import accounts, briefing, looking, seeking, tabling
from foedus.app.answering import TASKS

__all__ = ["TASKS", "accounts", "briefing", "looking", "seeking", "tabling"]
