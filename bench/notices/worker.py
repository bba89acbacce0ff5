"""The measured service: a task is a notice, and the connector of its queue sends it."""

from __future__ import annotations

from hub120.intake.v1 import events_pb2
from hub120_sdk import Address, AddressKind, ConnectorError, Outbound, Retry

from chassis.connectors.queues import bulk_queue
from chassis.process import Process
from chassis.worker import RetryTask, TaskQueue, Work, on_task

CONNECTORS = ("web", "sms_twilio")


class Worker:
    """The nameko service."""

    name = "notices"

    def __init__(self, process: Process) -> None:
        """Nothing of its own."""

    @staticmethod
    def task_queues(process: Process) -> list[TaskQueue]:
        """The bulk queue of each connector."""
        running = [(name, process.connectors.get(name)) for name in CONNECTORS]
        return [TaskQueue(bulk_queue(name), one.manifest.limits.parallel_sends) for name, one in running if one]

    @on_task(events_pb2.SendReply)
    def send(self, work: Work, task: events_pb2.SendReply) -> None:
        """Send one notice; its text is its id."""
        notice = Outbound(task.reply_id, Address(AddressKind.PHONE, "+821000000000"), task.reply_id)
        try:
            work.process.connectors.send(task.channel, notice)
        except Retry as error:
            raise RetryTask(error.reason, error.after_s) from error
        except ConnectorError:
            return
