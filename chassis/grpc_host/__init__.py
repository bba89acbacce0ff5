"""gRPC for front ends and other services: one server, one door, rich errors, health, and a graceful leave.

``api.py`` files need ``caller``, ``purpose``, ``remaining_s``, ``Check`` and ``run_blocking``; a process needs
``serve`` and ``run``. Use cases know nothing of this: they raise ``chassis.errors``.
"""

from chassis.addresses import AddressInUse, UnsafeAddress
from chassis.event_loop import run, run_blocking, stop_requested, use_threads
from chassis.grpc_host.call import caller, purpose, remaining_s
from chassis.grpc_host.check import Check
from chassis.grpc_host.server import GrpcServer, Service, implemented, serve
from chassis.grpc_host.serving import Limits
from chassis.grpc_host.transport import Connections, Tls

__all__ = [
    "AddressInUse",
    "Check",
    "Connections",
    "GrpcServer",
    "Limits",
    "Service",
    "Tls",
    "UnsafeAddress",
    "caller",
    "implemented",
    "purpose",
    "remaining_s",
    "run",
    "run_blocking",
    "serve",
    "stop_requested",
    "use_threads",
]
