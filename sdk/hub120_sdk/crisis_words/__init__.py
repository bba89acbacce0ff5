"""The words by which a citizen's text is recognised as a matter of life, or of safety: Korean and the five in-house
languages. Tables only; ``hub120_sdk.crisis`` reads them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Danger:
    """One kind of danger and how people write of it.

    ``words`` and ``unless`` are alternatives of a regular expression for folded text, in which a blank stands for
    blanks or none. A hit does not count where ``unless`` is found around it: a gas bill is no gas leak.
    """

    kind: str
    words: str
    unless: str = ""
