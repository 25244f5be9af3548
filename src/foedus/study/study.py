"""A study: a scenario made ready to run: world, layout, parameters, postures as arrays."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import uuid4

import numpy as np

from foedus.compile.engines import ARITHMETIC, Between, Machinery
from foedus.compile.named import AUTO, engine_named, usual_engine
from foedus.engine.draws import Draws
from foedus.engine.keeping import Kept, kept_of
from foedus.engine.layout import Floats, Layout
from foedus.engine.models import Helpers, InterventionModel
from foedus.engine.policy import Planned, Policy
from foedus.engine.record import Record, Shape
from foedus.engine.setting import Setting
from foedus.engine.situation import Block
from foedus.engine.watching import Watched
from foedus.engine.year import BLOCKS
from foedus.ledger import Ledger, Parameter, load_ledger, swept
from foedus.ledger.ensemble import Ensemble, named_ensemble
from foedus.models import helpers_of, model_of, ships
from foedus.posture import Doctrine, Posture, Scenario
from foedus.posture.naming import told_apart
from foedus.posture.side import label
from foedus.study.blocks import checked, described, untold
from foedus.study.check import check_assumptions, check_prices, check_scopes, check_years
from foedus.study.code import model_code
from foedus.study.drawing import drawn
from foedus.study.fingerprint import Untold, fingerprint
from foedus.study.laying import laid_out
from foedus.study.plugged import described_model, untold_model
from foedus.study.policy import planned_of, policy_of
from foedus.study.span import CHUNK, Span, points_of, span_of
from foedus.study.swap import replacements, swapped, unrecognisable
from foedus.world import World

_making = threading.Lock()
"""One thread at a time makes what runs the year, so that none makes it twice."""


@dataclass(frozen=True)
class Study:
    """A scenario with everything it runs on."""

    scenario: Scenario
    world: World
    ledger: Ledger
    blocks: tuple[Block, ...] = BLOCKS
    """the blocks of a year, in order"""
    once: str = field(default_factory=lambda: uuid4().hex, compare=False)
    """stands in the digest for a block that has no fingerprint"""
    engine: str = AUTO
    """what runs the year, one of `compile.engines.ENGINES`, or `auto`; numpy and compiled give the same figures, eager
    rounds otherwise"""
    model: InterventionModel | None = None
    """of who fights, in the place of eq. (14); None for that equation"""
    against: Study | None = None
    """the side compared with, where more than its posture differs: the same luck on another world, by other rules"""

    @cached_property
    def layout(self) -> Layout:
        """Indices of the world, without second guarantors where R35 is off, without sponsored fighters where R36 is."""
        beside, sponsored = (self.fixed.get(name) != 0.0 for name in ("second_open", "sponsored_open"))
        return laid_out(self.world, beside=beside, sponsored=sponsored)

    @property
    def patrons(self) -> dict[str, str]:
        """Guarantor of each ally's principal link, by iso3."""
        names, layout = self.world.states.iso3, self.layout
        owners = layout.links.guarantor
        return {names[i]: names[owners[layout.link_of[i]]] for i in sorted(set(layout.links.ally.tolist()))}

    @cached_property
    def fixed(self) -> dict[str, float]:
        """Parameter values that the scenario fixes, that its switches set, that a model of who fights holds."""
        held = self.model.fixes if self.model else {}
        return {**dict(self.scenario.fixed), **self.ledger.switched_off(self.scenario.without), **held}

    @cached_property
    def helpers(self) -> Helpers:
        """Facts on those who may be asked to fight."""
        return helpers_of(self.world, self.layout)

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """Ranges that the scenario gives."""
        return {name: (low, high) for name, low, high in self.scenario.ranges}

    @cached_property
    def ensemble(self) -> Ensemble | None:
        """What futures draw the parameters of the record from; None for the ledger's own ranges."""
        return named_ensemble(self.scenario.ensemble)

    @cached_property
    def kept(self) -> Kept:
        """Measures of each future that are recorded."""
        return kept_of(self.scenario.keep)

    @property
    def swept(self) -> tuple[Parameter, ...]:
        """Parameters resampled for each point, those that only the scenario gives a range last."""
        return swept(self.ledger, self.ranges)

    @property
    def roles(self) -> dict[str, Posture]:
        """Postures to run, by role: `posture`, and `against` when there is a comparison. Their names differ."""
        posture, against = self.scenario.posture, self.scenario.against
        if against is None:
            return {"posture": posture}
        names = self._names(posture.name, against.name)
        return {
            role: replace(held, name=name)
            for role, held, name in zip(("posture", "against"), (posture, against), names, strict=True)
        }

    def _names(self, posture: str, against: str) -> tuple[str, str]:
        """Names of the two sides: of one posture twice, what each side says where they differ is part of its name."""
        scenario, parts = self.scenario, self.scenario.differing
        if posture != against or not parts:
            return told_apart(posture, against)
        said = [label({name: getattr(scenario.side(role), name) for name in parts}) for role in ("posture", "against")]
        mine, its = (f"{posture} {words}".strip() for words in said)
        return told_apart(mine, its)

    def side(self, role: str) -> Study:
        """The study of one side: this one, but for a side compared with that differs in more than its posture.

        role  `posture` or `against`
        """
        return self.against if role == "against" and self.against is not None else self

    @property
    def digest(self) -> str:
        """Hash of everything a future depends on: scenario, world, ledger, switches, and the model's code as it stands.

        Not how many futures are asked for: more of them leave whole chunks as they were.
        """
        parents: tuple[object, ...] = (
            self.scenario.digest, self.world.digest, self.ledger.digest, sorted(self.fixed.items()),
        )  # fmt: skip
        if self.against is not None:
            parents = (*parents, self.against.digest)
        text = f"{parents!r}|{CHUNK}|{model_code()}|{swapped()!r}|{described(self.blocks, self.once)!r}"
        text += f"|{self.ensemble.digest if self.ensemble else self.scenario.ensemble}"
        text += self.arithmetic
        if self.model is not None:
            text += f"|{described_model(self.model, self.once)}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def untold(self) -> dict[str, str]:
        """Blocks, and a model of who fights, that cannot be told from others of their kind, and why not."""
        return {**untold(self.blocks), **untold_model(self.model)}

    @property
    def arithmetic(self) -> str:
        """What tells figures of the traced engines from those of `eager`, by their last places; empty for eager."""
        return "" if self.runs_by == "eager" else f"|traced {ARITHMETIC}"

    @property
    def runs_by(self) -> str:
        """The engine that runs the year, one of `compile.engines.ENGINES`.

        `auto` is the usual engine for the model's own text. Blocks of a user's own, replaced equations and models of
        who fights that do not ship run `eager`, which takes any text, until another engine is named.
        """
        if self.engine != AUTO:
            return self.engine
        own = self.blocks == BLOCKS and not swapped() and (self.model is None or ships(self.model))
        return usual_engine() if own else "eager"

    def by(self, engine: str) -> Study:
        """The same study, run by another engine; raise UnknownName for none."""
        against = self.against.by(engine) if self.against is not None else None
        return replace(self, engine=engine_named(engine), against=against)

    def deciding(self, model: InterventionModel | None) -> Study:
        """The same study with another model of who fights, or with eq. (14) for None."""
        if model is None and self.model is None:
            return self
        against = self.against.deciding(model) if self.against is not None else None
        for name in model.fixes if model else ():
            self.ledger[name]
        return replace(self, model=model, against=against)

    def record(
        self,
        chunk: int,
        role: str,
        room: memoryview | None = None,
        watched: Sequence[Watched] = (),
        between: Between | None = None,
    ) -> Record:
        """Run a chunk of one posture: `chunk` from 0 to below `chunks()`, `role` a key of `roles`.

        room     memory to record in; new memory when None
        watched  figures of every year that are recorded beside the measures
        between  called now and then while the chunk runs, and may raise to stop it

        Raises Untraceable, naming who asks, where the engine traces and a text cannot be traced.
        """
        own = self.side(role)
        return own.machinery(watched).run(own.setting(chunk, role), room, between)

    def machinery(self, watched: Sequence[Watched] = (), kept: Kept | None = None) -> Machinery:
        """What runs the year by the engine, with equations as they are replaced at present.

        watched  figures of every year that are recorded beside the measures
        kept     measures that are recorded; the scenario's own when None
        """
        replaced, asked, engine = repr(swapped()), kept or self.kept, self.runs_by
        with _making:
            key = (engine, replaced, tuple(watched), asked)
            if key not in self._machineries:
                self._machineries[key] = Machinery(
                    engine,
                    self.blocks,
                    (*replacements(), *((self.model.chance,) if self.model else ())),
                    asked,
                    self._stamp(replaced, watched),
                    tuple(watched),
                )
            return self._machineries[key]

    def _stamp(self, replaced: str, watched: Sequence[Watched]) -> str:
        """What tells the texts that are traced from all others; empty where nothing does."""
        if unrecognisable() or self.untold:
            return ""
        try:
            told = [(one.name, fingerprint(one.compute)) for one in watched]
        except Untold:
            return ""
        other = described_model(self.model, self.once) if self.model else ""
        return f"{model_code()}|{replaced}|{described(self.blocks, self.once)!r}|{told!r}|{other}"

    def __getstate__(self) -> dict[str, Any]:
        """All but what runs the year, which every process makes for itself."""
        return {name: value for name, value in vars(self).items() if name != "_machineries"}

    @cached_property
    def _machineries(self) -> dict[Any, Machinery]:
        """By the equations that are replaced, and what is recorded."""
        return {}

    @property
    def made_by(self) -> dict[str, Any]:
        """What the manifest says besides of how futures were chosen; nothing where the run draws them for itself."""
        return {}

    def prepared(self) -> Study:
        """The same study, with everything worked out that chunks share."""
        _ = self.layout, self.helpers, self.parameters(self.chunks() - 1)
        if self.against is not None:
            self.against.prepared()
        return self

    def chunks(self) -> int:
        """How many chunks the scenario's futures make."""
        return -(-self.scenario.futures // CHUNK)

    def size(self, chunk: int) -> int:
        """Futures in a chunk (F); the last may be short."""
        return self.span(chunk).size

    @property
    def chunk_length(self) -> int:
        """Futures in a whole chunk."""
        return CHUNK

    def span(self, chunk: int) -> Span:
        """Futures of a chunk."""
        return span_of(chunk, self.scenario.futures, CHUNK)

    def shape(self, chunk: int) -> Shape:
        """How large the record of a chunk is."""
        return Shape.of(self.layout, len(self.scenario.years), self.size(chunk), self.kept)

    def parameters(self, chunk: int) -> dict[str, Floats]:
        """Value of every parameter in each future of a chunk, [F] each.

        A scenario's own value or range comes first, then the member of the ensemble, then the range of the ledger.
        """
        places, seed = self._points_of(chunk), self.scenario.seed
        return drawn(self.ledger, self.ensemble, self.fixed, self.ranges, places, seed)

    def setting(self, chunk: int, role: str) -> Setting:
        """Everything a chunk of one posture runs on; `chunk` from 0 to below `chunks()`, `role` a key of `roles`."""
        if (own := self.side(role)) is not self:
            return own.setting(chunk, role)
        return Setting(
            layout=self.layout,
            years=self.scenario.years,
            policy=self.policy(self.roles[role]),
            p=self.parameters(chunk),
            draws=Draws(self.scenario.seed, self.span(chunk).futures),
            unknowns=Draws(self.scenario.seed, self._points_of(chunk).astype(np.uint64)),
            model=self.model,
            helpers=self.helpers,
        )

    def policy(self, posture: Posture, doctrines: Sequence[Doctrine] | None = None) -> Policy:
        """What a posture and doctrines order, with the scenario's events, wars and plans, as arrays.

        doctrines  the scenario's own where none are given
        """
        scenario = self.scenario
        ordered = scenario.doctrines if doctrines is None else doctrines
        return policy_of(posture, ordered, self.layout, scenario.years, scenario.events, self._planned, scenario.wars)

    @cached_property
    def _planned(self) -> Planned | None:
        """What states have announced to spend, where it counts."""
        if not self.scenario.plans:
            return None
        return planned_of(self.world.plans, self.layout, self.world.start, self.scenario.years)

    def _points_of(self, chunk: int) -> np.ndarray:
        return points_of(chunk, self.size(chunk), CHUNK)


def prepare(
    scenario: Scenario,
    world: World | None = None,
    blocks: Sequence[Block] = BLOCKS,
    engine: str = AUTO,
    model: InterventionModel | str | None = None,
) -> Study:
    """Load what a scenario needs.

    scenario  what is to be run
    world     what it runs on; the facts that ship with Foedus, under the scenario's overlay, without it
    blocks    what a year consists of, in order; `foedus.BLOCKS`, the model's own, without it
    engine    what runs the year: `auto`, `eager`, `numpy` or `compiled` (docs/compiled.md)
    model     of who fights, or its name (`foedus.models.model_names()`); eq. (14) without it

    Raises UnknownName for a name, a measure to keep, a model or an engine nobody declared; FactError for an overlay,
    or a figure, that breaks a rule; InputError for a block that is none; ScenarioError for an assumption that cannot
    be, a scope that covers nothing, a world without links.
    """
    study = _side(scenario, world, blocks)
    if scenario.differing:
        study = replace(study, against=_side(scenario.side("against"), world, blocks))
    return study.by(engine).deciding(model_of(model))


def _side(scenario: Scenario, world: World | None, blocks: Sequence[Block]) -> Study:
    """The study of one side of a scenario."""
    ledger = load_ledger()
    kept_of(scenario.keep)
    check_assumptions(scenario, ledger)
    world = world or World.load(scenario.overlay)
    for iso, name, value in scenario.figures:
        world = world.replace(iso, **{name: value})
    check_prices(scenario, world)
    if scenario.guarantor:
        world = world.guaranteed_by(scenario.guarantor)
    whole = world
    if scenario.states:
        world = world.subset(scenario.states)
    check_scopes(scenario, world, (whole, World.load()))
    check_years(scenario, world)
    return Study(scenario, world, ledger, checked(blocks))
