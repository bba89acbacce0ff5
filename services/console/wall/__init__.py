"""The screen that everybody in the room sees: how the centre stands and how its day goes, in counts and times."""

from services.console.wall.page import WallPage

__all__ = ["WallPage"]
