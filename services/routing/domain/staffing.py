"""How many people answer how fast: Erlang C for those who wait, Erlang A for those who give up, and what a surge does.

Standard library only. Work arrives at random and is handled for ``aht_s`` seconds on average (talk and wrap-up); its
product with the rate is the load in erlangs, the number of agents who would be busy without a pause. What has no
answer in a queue that only grows is said as infinity. The recursions run over reciprocals, which grow where the
probabilities shrink, so that hundreds or thousands of agents lose no digits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

HOUR_S = 3600.0
_NARROW_ENOUGH = 1e-6
_HALVINGS = 60
_NEGLIGIBLE = 1e-12
_LARGE = 1e200
_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Load:
    """What arrives, and how long each takes."""

    per_hour: float
    aht_s: float

    @property
    def erlangs(self) -> float:
        """Agents busy on average, if none ever waits."""
        return self.per_hour * self.aht_s / HOUR_S


@dataclass(frozen=True, slots=True)
class Target:
    """So many of those who ask are answered within so many seconds."""

    share: float = 0.8
    within_s: float = 20.0


@dataclass(frozen=True, slots=True)
class Service:
    """What a number of agents achieves against a load."""

    agents: int
    erlangs: float
    wait_probability: float
    """The share that does not get an agent at once."""
    service_level: float
    """The share that is answered within the target's time."""
    speed_of_answer_s: float
    """The average wait of all; infinite where the queue only grows."""
    occupancy: float
    """The share of their time in which agents are busy."""

    @property
    def stable(self) -> bool:
        """False if more arrives than can be handled."""
        return self.erlangs < self.agents


@dataclass(frozen=True, slots=True)
class Patience:
    """What happens when people give up after a time, on average ``patience_s``."""

    abandoned: float
    """The share that gives up."""
    wait_s: float
    """The average wait of all, whether answered or not."""


@dataclass(frozen=True, slots=True)
class Surge:
    """What a surge does to the agents there are."""

    load: Load
    service: Service
    agents_needed: int
    """So that the target holds."""
    growth_per_hour: float
    """How fast the queue grows, 0 where it does not."""
    waiting: float
    """How many wait at the surge's end."""
    wait_s: float
    """How long who comes at the surge's end waits: the average wait, or the time to work off the queue before them."""
    patience: Patience
    manageable_per_hour: float
    """The most that may arrive so that the target holds with the agents there are."""

    @property
    def callbacks_per_hour(self) -> float:
        """What must be called back later, or answered otherwise, so that the target holds for the rest."""
        return max(0.0, self.load.per_hour - self.manageable_per_hour)


def _blocking(erlangs: float) -> Iterator[float]:
    """The reciprocal of Erlang B for 0, 1, 2… agents."""
    inverse, agents = 1.0, 0
    while True:
        yield inverse
        agents += 1
        inverse = 1.0 + inverse * agents / erlangs


def _waits(inverse: float, agents: int, erlangs: float) -> float:
    """Erlang C from the reciprocal of Erlang B."""
    if erlangs >= agents:
        return 1.0
    return agents / (agents + (agents - erlangs) * (inverse - 1.0))


def wait_probability(agents: int, erlangs: float) -> float:
    """Erlang C: the share that does not get an agent at once; 1 where the queue only grows."""
    if erlangs <= 0:
        return 0.0 if agents > 0 else 1.0
    return _waits(_inverse_blocking(agents, erlangs), agents, erlangs)


def _inverse_blocking(agents: int, erlangs: float) -> float:
    inverses = _blocking(erlangs)
    for _ in range(agents):
        next(inverses)
    return next(inverses)


def _level(waits: float, agents: int, load: Load, within_s: float) -> float:
    if agents <= load.erlangs:
        return 0.0
    return 1.0 - waits * math.exp(-(agents - load.erlangs) * within_s / load.aht_s)


def serve(load: Load, agents: int, within_s: float) -> Service:
    """What so many agents achieve."""
    erlangs = load.erlangs
    waits = wait_probability(agents, erlangs)
    if erlangs <= 0:
        return Service(agents, 0.0, waits, float(agents > 0), 0.0 if agents else math.inf, 0.0)
    stable = agents > erlangs
    return Service(
        agents=agents,
        erlangs=erlangs,
        wait_probability=waits,
        service_level=_level(waits, agents, load, within_s),
        speed_of_answer_s=waits * load.aht_s / (agents - erlangs) if stable else math.inf,
        occupancy=erlangs / agents if stable else 1.0,
    )


def agents_needed(load: Load, target: Target) -> int:
    """The fewest agents with whom the target holds."""
    erlangs = load.erlangs
    if erlangs <= 0:
        return 0
    for agents, inverse in enumerate(_blocking(erlangs)):
        if agents > erlangs:
            waits = _waits(inverse, agents, erlangs)
            if _level(waits, agents, load, target.within_s) >= target.share:
                return agents
    raise AssertionError("unreachable")


def on_the_rota(agents: int, shrinkage: float) -> int:
    """So many must be on the rota for so many at their desks: ``shrinkage`` is the share of time that breaks, training
    and absence take."""
    return math.ceil(agents / (1.0 - shrinkage) - _NARROW_ENOUGH)


def give_up(load: Load, agents: int, patience_s: float) -> Patience:
    """Erlang A: who waits gives up after a time, exponential with that mean; so no queue grows for ever."""
    erlangs = load.erlangs
    if erlangs <= 0:
        return Patience(0.0, 0.0)
    arrives, leaves, handled = load.per_hour / HOUR_S, 1.0 / patience_s, agents / load.aht_s
    if (arrives - handled) / leaves > _MANY:  # so many wait that their number hardly sways: the fluid limit
        return Patience(1.0 - handled / arrives, (1.0 - handled / arrives) * patience_s)
    fewer = _inverse_blocking(agents, erlangs) - 1.0
    place, weight, waited, queue = 0, 1.0, 1.0, 0.0
    while weight > _NEGLIGIBLE * waited or arrives > handled + place * leaves:
        place += 1
        weight *= arrives / (handled + place * leaves)
        waited += weight
        queue += place * weight
        if waited > _LARGE:  # the weights are relative: all of them are made smaller together
            fewer, weight, waited, queue = (one / waited for one in (fewer, weight, waited, queue))
    waiting = queue / (fewer + waited)
    return Patience(abandoned=min(1.0, waiting * leaves / arrives), wait_s=waiting / arrives)


def manageable(aht_s: float, agents: int, target: Target) -> float:
    """The most that may arrive in an hour so that the target holds with so many agents."""
    low, high = 0.0, agents * HOUR_S / aht_s
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        holds = serve(Load(middle, aht_s), agents, target.within_s).service_level >= target.share
        low, high = (middle, high) if holds else (low, middle)
        if high - low < _NARROW_ENOUGH * high:
            break
    return low


def surge(usual: Load, factor: float, agents: int, target: Target, *, patience_s: float, lasts_s: float) -> Surge:
    """What happens when ``factor`` times as much arrives for ``lasts_s`` seconds and so many agents are there.

    Where more arrives than they can handle the queue is a basin that fills (fluid approximation): nobody gives up, it
    grows by the difference, and who comes last waits until it is worked off. ``patience`` says what it is when people
    do give up.
    """
    load = Load(usual.per_hour * factor, usual.aht_s)
    service = serve(load, agents, target.within_s)
    handled_per_hour = agents * HOUR_S / load.aht_s
    growth = max(0.0, load.per_hour - handled_per_hour)
    waiting = growth * lasts_s / HOUR_S if growth else service.speed_of_answer_s * load.per_hour / HOUR_S
    worked_off_s = waiting / handled_per_hour * HOUR_S if handled_per_hour else math.inf
    return Surge(
        load=load,
        service=service,
        agents_needed=agents_needed(load, target),
        growth_per_hour=growth,
        waiting=waiting,
        wait_s=worked_off_s if growth else service.speed_of_answer_s,
        patience=give_up(load, agents, patience_s),
        manageable_per_hour=manageable(load.aht_s, agents, target),
    )
