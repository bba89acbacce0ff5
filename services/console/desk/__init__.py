"""An agent's desk: what is offered, what they have, and the case that is open before them, with its tools.

The left shows the desk, the middle the case, the right the tools. Each tool is a module of its own with its template,
its actions and its events; none knows another.
"""

from services.console.desk.page import DeskPage

__all__ = ["DeskPage"]
