"""The services of the hub. They never import each other: they meet in the contracts under ``hub120``."""
