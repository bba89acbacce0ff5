from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.referral.v1 import capacity_pb2 as _capacity_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AgencyRoad(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGENCY_ROAD_UNSPECIFIED: _ClassVar[AgencyRoad]
    AGENCY_ROAD_CONNECTOR: _ClassVar[AgencyRoad]
    AGENCY_ROAD_TELEPHONE: _ClassVar[AgencyRoad]
    AGENCY_ROAD_EMAIL: _ClassVar[AgencyRoad]
    AGENCY_ROAD_SMS: _ClassVar[AgencyRoad]
AGENCY_ROAD_UNSPECIFIED: AgencyRoad
AGENCY_ROAD_CONNECTOR: AgencyRoad
AGENCY_ROAD_TELEPHONE: AgencyRoad
AGENCY_ROAD_EMAIL: AgencyRoad
AGENCY_ROAD_SMS: AgencyRoad

class Agency(_message.Message):
    __slots__ = ("organization_id", "name", "road", "connector", "telephone", "times", "address", "language", "second", "capacities")
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ROAD_FIELD_NUMBER: _ClassVar[int]
    CONNECTOR_FIELD_NUMBER: _ClassVar[int]
    TELEPHONE_FIELD_NUMBER: _ClassVar[int]
    TIMES_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    SECOND_FIELD_NUMBER: _ClassVar[int]
    CAPACITIES_FIELD_NUMBER: _ClassVar[int]
    organization_id: str
    name: str
    road: AgencyRoad
    connector: str
    telephone: str
    times: AgencyTimes
    address: str
    language: str
    second: SecondContact
    capacities: _containers.RepeatedCompositeFieldContainer[_capacity_pb2.Capacity]
    def __init__(self, organization_id: _Optional[str] = ..., name: _Optional[str] = ..., road: _Optional[_Union[AgencyRoad, str]] = ..., connector: _Optional[str] = ..., telephone: _Optional[str] = ..., times: _Optional[_Union[AgencyTimes, _Mapping]] = ..., address: _Optional[str] = ..., language: _Optional[str] = ..., second: _Optional[_Union[SecondContact, _Mapping]] = ..., capacities: _Optional[_Iterable[_Union[_capacity_pb2.Capacity, _Mapping]]] = ...) -> None: ...

class SecondContact(_message.Message):
    __slots__ = ("road", "address")
    ROAD_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    road: AgencyRoad
    address: str
    def __init__(self, road: _Optional[_Union[AgencyRoad, str]] = ..., address: _Optional[str] = ...) -> None: ...

class AgencyTimes(_message.Message):
    __slots__ = ("acknowledge_hours", "accept_hours", "progress_hours", "rung_hours")
    ACKNOWLEDGE_HOURS_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_HOURS_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_HOURS_FIELD_NUMBER: _ClassVar[int]
    RUNG_HOURS_FIELD_NUMBER: _ClassVar[int]
    acknowledge_hours: int
    accept_hours: int
    progress_hours: int
    rung_hours: int
    def __init__(self, acknowledge_hours: _Optional[int] = ..., accept_hours: _Optional[int] = ..., progress_hours: _Optional[int] = ..., rung_hours: _Optional[int] = ...) -> None: ...

class PutAgencyRequest(_message.Message):
    __slots__ = ("agency",)
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    agency: Agency
    def __init__(self, agency: _Optional[_Union[Agency, _Mapping]] = ...) -> None: ...

class PutAgencyResponse(_message.Message):
    __slots__ = ("agency",)
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    agency: Agency
    def __init__(self, agency: _Optional[_Union[Agency, _Mapping]] = ...) -> None: ...

class GetAgencyRequest(_message.Message):
    __slots__ = ("organization_id",)
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    organization_id: str
    def __init__(self, organization_id: _Optional[str] = ...) -> None: ...

class GetAgencyResponse(_message.Message):
    __slots__ = ("agency",)
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    agency: Agency
    def __init__(self, agency: _Optional[_Union[Agency, _Mapping]] = ...) -> None: ...

class ListAgenciesRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAgenciesResponse(_message.Message):
    __slots__ = ("agencies", "next_page_token")
    AGENCIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    agencies: _containers.RepeatedCompositeFieldContainer[Agency]
    next_page_token: str
    def __init__(self, agencies: _Optional[_Iterable[_Union[Agency, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RemoveAgencyRequest(_message.Message):
    __slots__ = ("organization_id",)
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    organization_id: str
    def __init__(self, organization_id: _Optional[str] = ...) -> None: ...

class RemoveAgencyResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
