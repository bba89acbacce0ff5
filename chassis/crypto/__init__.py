"""Personal data at rest: sealed columns, keyed hashes to look them up by, and resident numbers that are never stored.

Nothing here knows a table: services seal what they write and name the place; ``rotation`` finds sealed columns by what
their tables declare.
"""

from chassis.crypto.keyring import BadKeyring, Keyring, Unsealable
from chassis.crypto.masking import mask_resident_numbers
from chassis.crypto.rotation import Rotated, rotate, sealed_columns, unclassified_columns, waiting

__all__ = [
    "BadKeyring",
    "Keyring",
    "Rotated",
    "Unsealable",
    "mask_resident_numbers",
    "rotate",
    "sealed_columns",
    "unclassified_columns",
    "waiting",
]
