"""Referral's doors: gRPC for front ends and supervisors; the directory and the agencies' pages over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute

from chassis.api_process import ApiParts
from chassis.process import Process
from services.referral.directory_http import DirectoryHttp


def build(process: Process) -> ApiParts:
    """What referral adds to an api process."""
    return ApiParts(routes=_directory(process))


def _directory(process: Process) -> Sequence[BaseRoute]:
    settings = process.settings
    return DirectoryHttp(process.database("referral"), settings.public_url, settings.centre_name).routes()
