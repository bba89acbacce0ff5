"""Kinds of disaster that the centre has words for, found in what an authority calls them."""

from __future__ import annotations

from enum import StrEnum


class Hazard(StrEnum):
    """What happens."""

    EARTHQUAKE = "earthquake"
    FLOOD = "flood"
    """Heavy rain, floods, landslides."""
    SNOW = "snow"
    TYPHOON = "typhoon"
    FIRE = "fire"
    HEAT = "heat"
    COLD = "cold"
    DUST = "dust"
    CHEMICAL = "chemical"
    MISSING = "missing"
    """Somebody is looked for."""
    OTHER = "other"
    """Anything else: there is no text for it, a person writes one."""


_WORDS: tuple[tuple[Hazard, tuple[str, ...]], ...] = (
    (Hazard.MISSING, ("실종", "missing", "silver alert", "amber alert")),
    (Hazard.EARTHQUAKE, ("지진", "earthquake", "seismic")),
    (Hazard.CHEMICAL, ("화학", "가스", "방사", "chemical", "hazardous material", "gas leak", "radiolog")),
    (Hazard.TYPHOON, ("태풍", "typhoon", "hurricane", "cyclone")),
    (Hazard.FLOOD, ("호우", "홍수", "침수", "범람", "산사태", "폭우", "flood", "heavy rain", "landslide", "rainfall")),
    (Hazard.SNOW, ("대설", "폭설", "snow", "blizzard")),
    (Hazard.DUST, ("미세먼지", "황사", "dust", "air quality", "particulate")),
    (Hazard.HEAT, ("폭염", "heat")),
    (Hazard.COLD, ("한파", "cold", "freez", "frost")),
    (Hazard.FIRE, ("화재", "산불", "폭발", "fire", "explosion")),
)
"""In this order: a chemical fire is a chemical accident first."""


def hazard(*said: str) -> Hazard:
    """What somebody's words mean; the first of them that means something counts."""
    for one in said:
        words = one.lower()
        for kind, signs in _WORDS:
            if any(sign in words for sign in signs):
                return kind
    return Hazard.OTHER
