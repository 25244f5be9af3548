"""Advice: which portfolio of an ally, of a group, or which posture of the guarantor holds up over many futures.

from foedus.advise import ask
advice = ask("POL", portfolios=200, futures=500, out="advice-poland")

Needs the extra `explore` (pymoo, Platypus), whose libraries load on demand.
"""

from foedus.advise.asking import Answer, ask, ask_guarantor
from foedus.advise.contents import Advice, Archetype
from foedus.advise.patron import Counsel

__all__ = ["Advice", "Answer", "Archetype", "Counsel", "ask", "ask_guarantor"]
