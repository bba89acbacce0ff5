"""The TransferService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hub120.auth.v1 import rule_pb2
from hub120.routing.v1 import transfer_service_pb2 as pb
from hub120.routing.v1 import transfer_service_pb2_grpc as grpc_pb
from hub120.routing.v1 import work_pb2

from chassis import auth
from chassis.connectors.errors import UnknownConnector
from chassis.database import Database, Tx
from chassis.errors import NotFound
from chassis.grpc_host import Check, caller, run_blocking
from chassis.process import Process
from chassis.statements import Row
from services.routing import protos
from services.routing.domain.transfers import USUAL_WAIT_S, NewTransfer, Style
from services.routing.grpc_api import planning
from services.routing.store import transfers
from services.routing.use_cases import transferring

_STYLES = {number: style for style, number in protos.STYLES.items()}
_MOST_NEEDS = 50
_LONGEST_NOTE = 4000
_SUPERVISOR = auth.ROLES[rule_pb2.ROLE_SUPERVISOR]


class TransferApi(grpc_pb.TransferServiceServicer):
    """Transfers; the agent is always the caller."""

    def __init__(self, process: Process, database: Database) -> None:
        self._process = process
        self._database = database
        self._offer_s = float(process.settings.offer_seconds)

    async def RequestTransfer(self, request: pb.RequestTransferRequest, context: Any) -> pb.RequestTransferResponse:
        """Ask for work to be taken over."""
        new = _checked(request, caller().subject)
        if new.department:
            self._is_department(new.department)
        return pb.RequestTransferResponse(transfer=await self._run(transferring.request, new, self._offer_s))

    def _is_department(self, name: str) -> None:
        """An installed connector, ready here or not: departments are intake's."""
        try:
            capabilities = self._process.connectors.manifest(name).capabilities
        except UnknownConnector as error:
            raise NotFound("department", name) from error
        if "department" not in capabilities:
            raise NotFound("department", name)

    async def CompleteTransfer(self, request: pb.CompleteTransferRequest, context: Any) -> pb.CompleteTransferResponse:
        """Leave after the receiver has joined."""
        Check(request).required("transfer_id").uuid("transfer_id").raise_if_any()
        told = await self._run(transferring.complete, request.transfer_id, caller().subject, self._offer_s)
        return pb.CompleteTransferResponse(transfer=told)

    async def CancelTransfer(self, request: pb.CancelTransferRequest, context: Any) -> pb.CancelTransferResponse:
        """Take a transfer back."""
        Check(request).required("transfer_id").uuid("transfer_id").raise_if_any()
        told = await self._run(transferring.cancel, request.transfer_id, caller().subject, self._offer_s)
        return pb.CancelTransferResponse(transfer=told)

    async def ListTransfers(self, request: pb.ListTransfersRequest, context: Any) -> pb.ListTransfersResponse:
        """Every transfer of a work item."""
        Check(request).required("work_item_id").uuid("work_item_id").raise_if_any()
        reader = caller()
        found = await run_blocking(self._database.read, transferring.list_transfers, request.work_item_id)
        told = []
        for row, note in found:
            shown = _SUPERVISOR in reader.roles or reader.subject in {row.from_agent_id, row.to_agent_id}
            told.append(protos.transfer(row, note if shown else ""))
        return pb.ListTransfersResponse(transfers=told)

    async def _run(self, use_case: Callable[..., Row], *arguments: Any) -> work_pb2.Transfer:
        def opened(tx: Tx) -> tuple[Row, str]:
            row = use_case(tx, *arguments)
            return row, transfers.note(tx, row)

        return protos.transfer(*await run_blocking(self._database.run, opened))


def _checked(request: pb.RequestTransferRequest, agent_id: str) -> NewTransfer:
    check = Check(request).required("work_item_id").uuid("work_item_id").length("request_id", 1, 64)
    check.length("note", 0, _LONGEST_NOTE).uuid("department.note_id").length("agent_id", 0, 128)
    check.that(request.style in {0, *_STYLES}, "style", "is none of the values there are")
    to = request.WhichOneof("to")
    check.that(to is not None, "to", "is an agent, requirements or a department")
    if to == "requirements":
        check.length("requirements.needs", 1, _MOST_NEEDS)
        check.that(
            all(map(planning.is_sound, request.requirements.needs)),
            "requirements.needs",
            "are words of at most 40 letters, at levels 1 to 5",
        )
    check.that(to != "agent_id" or bool(request.agent_id), "agent_id", "is required")
    if to == "department":
        check.length("department.department", 1, 40)
        check.that(not request.note, "note", "is for agents; a department is told the note of the case `note_id`")
    wait_s = request.wait.ToTimedelta().total_seconds() if request.HasField("wait") else USUAL_WAIT_S
    check.that(3 <= wait_s <= 3600, "wait", "is 3 seconds to an hour").raise_if_any()
    return NewTransfer(
        work_item_id=request.work_item_id,
        agent_id=agent_id,
        request_id=request.request_id,
        style=_STYLES.get(request.style, Style.WARM),
        to_agent_id=request.agent_id,
        needs=protos.read_needs(request.requirements.needs),
        department=request.department.department,
        note=request.note,
        wait_s=wait_s,
        note_id=request.department.note_id,
        citizen_agreed=request.department.citizen_agreed,
    )
