"""A connector in a process of its own: its own settings and secrets and nothing else, no way out but through the host.

``process`` is the host's side, ``child`` what runs there, ``wire`` what passes between them, ``jail`` what the kernel
takes from the child before a line of the connector runs.
"""
