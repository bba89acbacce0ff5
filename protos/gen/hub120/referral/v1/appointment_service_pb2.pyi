import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.referral.v1 import legal_pb2 as _legal_pb2
from hub120.referral.v1 import referral_pb2 as _referral_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MeetingMedium(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MEETING_MEDIUM_UNSPECIFIED: _ClassVar[MeetingMedium]
    MEETING_MEDIUM_VISIT: _ClassVar[MeetingMedium]
    MEETING_MEDIUM_TELEPHONE: _ClassVar[MeetingMedium]
    MEETING_MEDIUM_VIDEO: _ClassVar[MeetingMedium]

class AppointmentState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    APPOINTMENT_STATE_UNSPECIFIED: _ClassVar[AppointmentState]
    APPOINTMENT_STATE_BOOKED: _ClassVar[AppointmentState]
    APPOINTMENT_STATE_CANCELLED: _ClassVar[AppointmentState]
    APPOINTMENT_STATE_ATTENDED: _ClassVar[AppointmentState]
    APPOINTMENT_STATE_NO_SHOW: _ClassVar[AppointmentState]
MEETING_MEDIUM_UNSPECIFIED: MeetingMedium
MEETING_MEDIUM_VISIT: MeetingMedium
MEETING_MEDIUM_TELEPHONE: MeetingMedium
MEETING_MEDIUM_VIDEO: MeetingMedium
APPOINTMENT_STATE_UNSPECIFIED: AppointmentState
APPOINTMENT_STATE_BOOKED: AppointmentState
APPOINTMENT_STATE_CANCELLED: AppointmentState
APPOINTMENT_STATE_ATTENDED: AppointmentState
APPOINTMENT_STATE_NO_SHOW: AppointmentState

class Slot(_message.Message):
    __slots__ = ("id", "organization_id", "start_time", "minutes", "capacity", "booked", "medium", "place", "language", "law_field")
    ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    MINUTES_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    BOOKED_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    LAW_FIELD_FIELD_NUMBER: _ClassVar[int]
    id: str
    organization_id: str
    start_time: _timestamp_pb2.Timestamp
    minutes: int
    capacity: int
    booked: int
    medium: MeetingMedium
    place: str
    language: str
    law_field: _legal_pb2.LawField
    def __init__(self, id: _Optional[str] = ..., organization_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., minutes: _Optional[int] = ..., capacity: _Optional[int] = ..., booked: _Optional[int] = ..., medium: _Optional[_Union[MeetingMedium, str]] = ..., place: _Optional[str] = ..., language: _Optional[str] = ..., law_field: _Optional[_Union[_legal_pb2.LawField, str]] = ...) -> None: ...

class Appointment(_message.Message):
    __slots__ = ("id", "referral_id", "slot", "state", "booked_by", "book_time", "ended_by", "end_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    BOOKED_BY_FIELD_NUMBER: _ClassVar[int]
    BOOK_TIME_FIELD_NUMBER: _ClassVar[int]
    ENDED_BY_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    referral_id: str
    slot: Slot
    state: AppointmentState
    booked_by: str
    book_time: _timestamp_pb2.Timestamp
    ended_by: str
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., referral_id: _Optional[str] = ..., slot: _Optional[_Union[Slot, _Mapping]] = ..., state: _Optional[_Union[AppointmentState, str]] = ..., booked_by: _Optional[str] = ..., book_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ended_by: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class PutSlotsRequest(_message.Message):
    __slots__ = ("organization_id", "start_time", "minutes", "capacity", "medium", "place", "language", "law_field", "recurrence", "on_holidays", "request_id")
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    MINUTES_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    LAW_FIELD_FIELD_NUMBER: _ClassVar[int]
    RECURRENCE_FIELD_NUMBER: _ClassVar[int]
    ON_HOLIDAYS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    organization_id: str
    start_time: _timestamp_pb2.Timestamp
    minutes: int
    capacity: int
    medium: MeetingMedium
    place: str
    language: str
    law_field: _legal_pb2.LawField
    recurrence: str
    on_holidays: bool
    request_id: str
    def __init__(self, organization_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., minutes: _Optional[int] = ..., capacity: _Optional[int] = ..., medium: _Optional[_Union[MeetingMedium, str]] = ..., place: _Optional[str] = ..., language: _Optional[str] = ..., law_field: _Optional[_Union[_legal_pb2.LawField, str]] = ..., recurrence: _Optional[str] = ..., on_holidays: _Optional[bool] = ..., request_id: _Optional[str] = ...) -> None: ...

class PutSlotsResponse(_message.Message):
    __slots__ = ("slots",)
    SLOTS_FIELD_NUMBER: _ClassVar[int]
    slots: _containers.RepeatedCompositeFieldContainer[Slot]
    def __init__(self, slots: _Optional[_Iterable[_Union[Slot, _Mapping]]] = ...) -> None: ...

class ListFreeSlotsRequest(_message.Message):
    __slots__ = ("organization_id", "start_after", "start_before", "law_field", "language", "medium", "page_size", "page_token")
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    START_AFTER_FIELD_NUMBER: _ClassVar[int]
    START_BEFORE_FIELD_NUMBER: _ClassVar[int]
    LAW_FIELD_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    organization_id: str
    start_after: _timestamp_pb2.Timestamp
    start_before: _timestamp_pb2.Timestamp
    law_field: _legal_pb2.LawField
    language: str
    medium: MeetingMedium
    page_size: int
    page_token: str
    def __init__(self, organization_id: _Optional[str] = ..., start_after: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., start_before: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., law_field: _Optional[_Union[_legal_pb2.LawField, str]] = ..., language: _Optional[str] = ..., medium: _Optional[_Union[MeetingMedium, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListFreeSlotsResponse(_message.Message):
    __slots__ = ("slots", "next_page_token")
    SLOTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    slots: _containers.RepeatedCompositeFieldContainer[Slot]
    next_page_token: str
    def __init__(self, slots: _Optional[_Iterable[_Union[Slot, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CloseSlotRequest(_message.Message):
    __slots__ = ("slot_id",)
    SLOT_ID_FIELD_NUMBER: _ClassVar[int]
    slot_id: str
    def __init__(self, slot_id: _Optional[str] = ...) -> None: ...

class CloseSlotResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class BookAppointmentRequest(_message.Message):
    __slots__ = ("referral_id", "slot_id", "request_id")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    SLOT_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    slot_id: str
    request_id: str
    def __init__(self, referral_id: _Optional[str] = ..., slot_id: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class BookAppointmentResponse(_message.Message):
    __slots__ = ("appointment", "call_agency", "referral")
    APPOINTMENT_FIELD_NUMBER: _ClassVar[int]
    CALL_AGENCY_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    appointment: Appointment
    call_agency: bool
    referral: _referral_pb2.Referral
    def __init__(self, appointment: _Optional[_Union[Appointment, _Mapping]] = ..., call_agency: _Optional[bool] = ..., referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class MoveAppointmentRequest(_message.Message):
    __slots__ = ("appointment_id", "slot_id")
    APPOINTMENT_ID_FIELD_NUMBER: _ClassVar[int]
    SLOT_ID_FIELD_NUMBER: _ClassVar[int]
    appointment_id: str
    slot_id: str
    def __init__(self, appointment_id: _Optional[str] = ..., slot_id: _Optional[str] = ...) -> None: ...

class MoveAppointmentResponse(_message.Message):
    __slots__ = ("appointment", "call_agency")
    APPOINTMENT_FIELD_NUMBER: _ClassVar[int]
    CALL_AGENCY_FIELD_NUMBER: _ClassVar[int]
    appointment: Appointment
    call_agency: bool
    def __init__(self, appointment: _Optional[_Union[Appointment, _Mapping]] = ..., call_agency: _Optional[bool] = ...) -> None: ...

class CancelAppointmentRequest(_message.Message):
    __slots__ = ("appointment_id",)
    APPOINTMENT_ID_FIELD_NUMBER: _ClassVar[int]
    appointment_id: str
    def __init__(self, appointment_id: _Optional[str] = ...) -> None: ...

class CancelAppointmentResponse(_message.Message):
    __slots__ = ("appointment", "call_agency")
    APPOINTMENT_FIELD_NUMBER: _ClassVar[int]
    CALL_AGENCY_FIELD_NUMBER: _ClassVar[int]
    appointment: Appointment
    call_agency: bool
    def __init__(self, appointment: _Optional[_Union[Appointment, _Mapping]] = ..., call_agency: _Optional[bool] = ...) -> None: ...

class RecordAttendanceRequest(_message.Message):
    __slots__ = ("appointment_id", "came")
    APPOINTMENT_ID_FIELD_NUMBER: _ClassVar[int]
    CAME_FIELD_NUMBER: _ClassVar[int]
    appointment_id: str
    came: bool
    def __init__(self, appointment_id: _Optional[str] = ..., came: _Optional[bool] = ...) -> None: ...

class RecordAttendanceResponse(_message.Message):
    __slots__ = ("appointment",)
    APPOINTMENT_FIELD_NUMBER: _ClassVar[int]
    appointment: Appointment
    def __init__(self, appointment: _Optional[_Union[Appointment, _Mapping]] = ...) -> None: ...

class ListAppointmentsRequest(_message.Message):
    __slots__ = ("referral_id",)
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    def __init__(self, referral_id: _Optional[str] = ...) -> None: ...

class ListAppointmentsResponse(_message.Message):
    __slots__ = ("appointments",)
    APPOINTMENTS_FIELD_NUMBER: _ClassVar[int]
    appointments: _containers.RepeatedCompositeFieldContainer[Appointment]
    def __init__(self, appointments: _Optional[_Iterable[_Union[Appointment, _Mapping]]] = ...) -> None: ...
