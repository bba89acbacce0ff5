"""A supervisor's pages: how the floor stands, why work went to whom, the rota, outreach, and the machines behind it.

Each page is a module of its own with its templates, its words and its actions; none knows another. They show and ask;
who may see or do what, the services say.
"""

from services.console.floor.pages import floor_pages

__all__ = ["floor_pages"]
