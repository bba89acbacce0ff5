"""The InterpreterService of the contract: sessions with interpreters."""

from __future__ import annotations

from hub120.translation.v1 import interpreter_service_pb2_grpc

from chassis.database import Database
from chassis.process import Process
from chassis.streams import Streams


class InterpreterApi(interpreter_service_pb2_grpc.InterpreterServiceServicer):
    """Sessions; whoever acts is the caller."""

    def __init__(self, process: Process, database: Database, streams: Streams) -> None:
        self._process, self._database, self._streams = process, database, streams
