"""Every attribute that may leave the process, declared with its meaning before use.

A span or a metric with any other attribute loses it on the way out. What is declared here holds ids, codes and
counts: nothing a person said, is called or can be reached by. ``hub120.*`` are our own; the others are
OpenTelemetry's semantic conventions, version 1.44.
"""

from __future__ import annotations

from typing import Final

from opentelemetry.semconv._incubating.attributes import db_attributes as pools
from opentelemetry.semconv._incubating.attributes import messaging_attributes as messaging
from opentelemetry.semconv._incubating.attributes import rpc_attributes as rpc
from opentelemetry.semconv.attributes import db_attributes as db
from opentelemetry.semconv.attributes import error_attributes as error
from opentelemetry.semconv.attributes import http_attributes as http
from opentelemetry.semconv.attributes import server_attributes as server
from opentelemetry.semconv.attributes import url_attributes as url
from opentelemetry.semconv.schemas import Schemas

SCHEMA_URL: Final = Schemas.V1_44_0.value


class UndeclaredAttribute(Exception):
    """A span carries something that is not declared here."""


CASE_ID: Final = "hub120.case.id"
CONTACT_ID: Final = "hub120.contact.id"
REPLY_ID: Final = "hub120.reply.id"
ATTACHMENT_ID: Final = "hub120.attachment.id"
WORK_ITEM_ID: Final = "hub120.work_item.id"
OFFER_ID: Final = "hub120.offer.id"
CONFERENCE_ID: Final = "hub120.conference.id"
LEG_ID: Final = "hub120.leg.id"
LEG_ROLE: Final = "hub120.leg.role"
DRILL: Final = "hub120.drill"
CONNECTOR: Final = "hub120.connector"
CAPABILITY: Final = "hub120.capability"
OUTCOME: Final = "hub120.outcome"
ATTEMPT: Final = "hub120.attempt"
COUNT: Final = "hub120.count"
STATE: Final = "hub120.state"
MEDIUM: Final = "hub120.medium"
LANGUAGE: Final = "hub120.language"
PRIORITY_CLASS: Final = "hub120.priority_class"
SERVICE: Final = "hub120.service"
STREAM: Final = "hub120.stream"
MESSAGE_TYPE: Final = "hub120.message.type"
CREDENTIAL: Final = "hub120.credential"
INSTANCE_KIND: Final = "hub120.instance.kind"

RPC_SYSTEM: Final = rpc.RPC_SYSTEM_NAME
RPC_METHOD: Final = rpc.RPC_METHOD
RPC_STATUS: Final = rpc.RPC_RESPONSE_STATUS_CODE
HTTP_METHOD: Final = http.HTTP_REQUEST_METHOD
HTTP_ROUTE: Final = http.HTTP_ROUTE
HTTP_STATUS: Final = http.HTTP_RESPONSE_STATUS_CODE
URL_SCHEME: Final = url.URL_SCHEME
SERVER_ADDRESS: Final = server.SERVER_ADDRESS
SERVER_PORT: Final = server.SERVER_PORT
ERROR_TYPE: Final = error.ERROR_TYPE
MESSAGING_SYSTEM: Final = messaging.MESSAGING_SYSTEM
MESSAGING_OPERATION: Final = messaging.MESSAGING_OPERATION_NAME
MESSAGING_OPERATION_TYPE: Final = messaging.MESSAGING_OPERATION_TYPE
MESSAGING_DESTINATION: Final = messaging.MESSAGING_DESTINATION_NAME
MESSAGING_MESSAGE_ID: Final = messaging.MESSAGING_MESSAGE_ID
MESSAGING_BATCH: Final = messaging.MESSAGING_BATCH_MESSAGE_COUNT
MESSAGING_GROUP: Final = messaging.MESSAGING_CONSUMER_GROUP_NAME
DB_SYSTEM: Final = db.DB_SYSTEM_NAME
DB_OPERATION: Final = db.DB_OPERATION_NAME
DB_COLLECTION: Final = db.DB_COLLECTION_NAME
DB_NAMESPACE: Final = db.DB_NAMESPACE
DB_SUMMARY: Final = db.DB_QUERY_SUMMARY
DB_STATUS: Final = db.DB_RESPONSE_STATUS_CODE
DB_POOL: Final = pools.DB_CLIENT_CONNECTION_POOL_NAME
DB_POOL_STATE: Final = pools.DB_CLIENT_CONNECTION_STATE

OWN: Final = {
    CASE_ID: "The case concerned.",
    CONTACT_ID: "The inbound message or call concerned.",
    REPLY_ID: "The reply concerned.",
    ATTACHMENT_ID: "The attachment concerned.",
    WORK_ITEM_ID: "The work item concerned.",
    OFFER_ID: "The offer concerned.",
    CONFERENCE_ID: "The conference concerned.",
    LEG_ID: "The leg of a call concerned.",
    LEG_ROLE: "What a leg is in its conference, as a code.",
    DRILL: "True for what was done in a drill.",
    CONNECTOR: "The connector's id.",
    CAPABILITY: "What the connector was asked to do: the capability and its method.",
    OUTCOME: "How it ended, as a code.",
    ATTEMPT: "Which attempt this is, from 1.",
    COUNT: "How many things were done together.",
    STATE: "The state reached, as a code.",
    MEDIUM: "What occupies the agent: text, voice or video.",
    LANGUAGE: "The language the agent must speak, BCP 47.",
    PRIORITY_CLASS: "The class of a work item's priority, as a code.",
    SERVICE: "The service of the hub that did it, where one process holds several.",
    STREAM: "True for a call that stays open until its caller leaves.",
    INSTANCE_KIND: "api or worker.",
    MESSAGE_TYPE: "What a message says or asks for: the name of its type.",
    CREDENTIAL: "What runs out some day: a certificate or a token, by the setting that names its file.",
}
"""Our own attributes and what they mean."""

CONVENTIONS: Final = frozenset(
    {
        *(RPC_SYSTEM, RPC_METHOD, RPC_STATUS),
        *(HTTP_METHOD, HTTP_ROUTE, HTTP_STATUS, URL_SCHEME, SERVER_ADDRESS, SERVER_PORT, ERROR_TYPE),
        *(MESSAGING_SYSTEM, MESSAGING_OPERATION, MESSAGING_OPERATION_TYPE, MESSAGING_DESTINATION),
        *(MESSAGING_MESSAGE_ID, MESSAGING_BATCH, MESSAGING_GROUP),
        *(DB_SYSTEM, DB_OPERATION, DB_COLLECTION, DB_NAMESPACE, DB_SUMMARY, DB_STATUS),
        *(DB_POOL, DB_POOL_STATE),
    }
)
"""The attributes of the semantic conventions that are in use."""

DECLARED: Final = CONVENTIONS | OWN.keys()
"""Everything a span may carry."""

THINGS: Final = frozenset({CASE_ID, CONTACT_ID, REPLY_ID, ATTACHMENT_ID, WORK_ITEM_ID, OFFER_ID, CONFERENCE_ID, LEG_ID})
"""The ids of ours that a span may carry, by which its trace is found again."""
COUNTABLE: Final = DECLARED - THINGS - {MESSAGING_MESSAGE_ID}
"""Everything a metric may carry: an id would make a series of its own for each thing."""

LONGEST_VALUE: Final = 200
"""Longer texts are cut; none of the above needs more."""
