"""HTTP for webhooks and pages: a Starlette application in, a listening, observed and guarded server out.

The host answers ``/healthz`` and ``/readyz``, limits how large and how slow a request may be, and turns our errors
into answers. What the paths mean is the application's.
"""

from chassis.http_host.answers import answer
from chassis.http_host.gate import LEAVING, Limits
from chassis.http_host.server import HttpServer, serve

__all__ = ["LEAVING", "HttpServer", "Limits", "answer", "serve"]
