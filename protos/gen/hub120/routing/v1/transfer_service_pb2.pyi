import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.routing.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RequestTransferRequest(_message.Message):
    __slots__ = ("work_item_id", "agent_id", "requirements", "department", "note", "style", "request_id", "wait")
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    STYLE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    agent_id: str
    requirements: Requirements
    department: ToDepartment
    note: str
    style: _work_pb2.TransferStyle
    request_id: str
    wait: _duration_pb2.Duration
    def __init__(self, work_item_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., requirements: _Optional[_Union[Requirements, _Mapping]] = ..., department: _Optional[_Union[ToDepartment, _Mapping]] = ..., note: _Optional[str] = ..., style: _Optional[_Union[_work_pb2.TransferStyle, str]] = ..., request_id: _Optional[str] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class Requirements(_message.Message):
    __slots__ = ("needs",)
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    needs: _containers.RepeatedCompositeFieldContainer[_work_pb2.Requirement]
    def __init__(self, needs: _Optional[_Iterable[_Union[_work_pb2.Requirement, _Mapping]]] = ...) -> None: ...

class ToDepartment(_message.Message):
    __slots__ = ("department", "note_id", "citizen_agreed")
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    NOTE_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_AGREED_FIELD_NUMBER: _ClassVar[int]
    department: str
    note_id: str
    citizen_agreed: bool
    def __init__(self, department: _Optional[str] = ..., note_id: _Optional[str] = ..., citizen_agreed: _Optional[bool] = ...) -> None: ...

class RequestTransferResponse(_message.Message):
    __slots__ = ("transfer",)
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    transfer: _work_pb2.Transfer
    def __init__(self, transfer: _Optional[_Union[_work_pb2.Transfer, _Mapping]] = ...) -> None: ...

class CompleteTransferRequest(_message.Message):
    __slots__ = ("transfer_id",)
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    def __init__(self, transfer_id: _Optional[str] = ...) -> None: ...

class CompleteTransferResponse(_message.Message):
    __slots__ = ("transfer",)
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    transfer: _work_pb2.Transfer
    def __init__(self, transfer: _Optional[_Union[_work_pb2.Transfer, _Mapping]] = ...) -> None: ...

class CancelTransferRequest(_message.Message):
    __slots__ = ("transfer_id",)
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    def __init__(self, transfer_id: _Optional[str] = ...) -> None: ...

class CancelTransferResponse(_message.Message):
    __slots__ = ("transfer",)
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    transfer: _work_pb2.Transfer
    def __init__(self, transfer: _Optional[_Union[_work_pb2.Transfer, _Mapping]] = ...) -> None: ...

class ListTransfersRequest(_message.Message):
    __slots__ = ("work_item_id",)
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    def __init__(self, work_item_id: _Optional[str] = ...) -> None: ...

class ListTransfersResponse(_message.Message):
    __slots__ = ("transfers",)
    TRANSFERS_FIELD_NUMBER: _ClassVar[int]
    transfers: _containers.RepeatedCompositeFieldContainer[_work_pb2.Transfer]
    def __init__(self, transfers: _Optional[_Iterable[_Union[_work_pb2.Transfer, _Mapping]]] = ...) -> None: ...
