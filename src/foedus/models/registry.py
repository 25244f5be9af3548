"""Models of who fights by name: the model's own, those that ship beside it, and those that a program adds."""

from __future__ import annotations

from foedus.engine.models import InterventionModel
from foedus.errors import InputError, UnknownName
from foedus.models import joyce_braithwaite
from foedus.models.own import NAME, OWN

_held: dict[str, InterventionModel] = {OWN.name: OWN, joyce_braithwaite.MODEL.name: joyce_braithwaite.MODEL}


def model_names() -> tuple[str, ...]:
    """Names that a run may be asked for, the model's own first."""
    return tuple(_held)


def model_named(name: str) -> InterventionModel:
    """The model called `name`; raise UnknownName, with the nearest spelling, where there is none."""
    if name not in _held:
        raise UnknownName("model of who fights", name, _held)
    return _held[name]


def ships(model: InterventionModel) -> bool:
    """Whether a `model` is one that ships with Foedus, not a program's own."""
    return model in (OWN, joyce_braithwaite.MODEL)


def register(model: InterventionModel) -> InterventionModel:
    """Let a model be asked for by its name in this process, and return it.

    Raises InputError where another model has the name.
    """
    if _held.get(model.name, model) != model:
        msg = f"{model.name} is the name of another model; take one of your own"
        raise InputError(msg)
    _held[model.name] = model
    return model


def model_of(asked: InterventionModel | str | None) -> InterventionModel | None:
    """What a study runs with: None for the model's own equation, which needs no plug.

    asked  a model, its name, or None for the model's own

    Raises UnknownName as `model_named`.
    """
    model = model_named(asked) if isinstance(asked, str) else asked
    return None if model is None or model.name == NAME else model
