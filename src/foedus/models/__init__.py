"""Models of who fights beside the model's own: what they read and answer, which there are, and whether they conform."""

from __future__ import annotations

from foedus.engine.models import Call as Call
from foedus.engine.models import ChanceOfFighting as ChanceOfFighting
from foedus.engine.models import HelperFacts as HelperFacts
from foedus.engine.models import InterventionModel as InterventionModel
from foedus.models.conformance import check_model as check_model
from foedus.models.conformance import faults_of as faults_of
from foedus.models.facts import helpers_of as helpers_of
from foedus.models.own import OWN as OWN
from foedus.models.registry import model_named as model_named
from foedus.models.registry import model_names as model_names
from foedus.models.registry import model_of as model_of
from foedus.models.registry import register as register
from foedus.models.registry import ships as ships

__all__ = [
    "OWN",
    "Call",
    "ChanceOfFighting",
    "HelperFacts",
    "InterventionModel",
    "check_model",
    "faults_of",
    "helpers_of",
    "model_named",
    "model_names",
    "model_of",
    "register",
    "ships",
]
