"""The rules of outreach, a module for each matter. Standard library only; time and identifiers come in as arguments.

Each state machine is an enum and, beside it, the table of allowed moves.
"""
