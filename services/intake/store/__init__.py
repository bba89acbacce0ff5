"""Reads and writes of intake's tables, a module for each matter.

Everyday statements are written once for both databases; where they must differ there is one for each. Sealed columns
are sealed and opened here and nowhere else.
"""
