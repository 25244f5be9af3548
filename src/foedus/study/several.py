"""One study under several models of who fights."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.engine.models import InterventionModel
from foedus.errors import InputError
from foedus.models import model_of
from foedus.models.own import NAME
from foedus.study.study import Study


def studies_of(study: Study, models: Sequence[InterventionModel | str]) -> dict[str, Study]:
    """The study by the name of each model, all on the same luck.

    models  names (`foedus.models.model_names()`) or models; "foedus" is the model's own

    Raises UnknownName for a model nobody declared, InputError for none, or for one named twice.
    """
    found: dict[str, Study] = {}
    for asked in models:
        model = model_of(asked)
        name = NAME if model is None else model.name
        if name in found:
            msg = f"models: {name} is named twice. Name it once"
            raise InputError(msg)
        found[name] = study.deciding(model)
    if not found:
        msg = "models: name at least one"
        raise InputError(msg)
    return found
