"""nameko as the hub uses it: events in batches, tasks side by side, timers; each handler calls one use case.

A worker room declares a nameko service class whose methods carry ``@on_event``, ``@on_task`` or ``@every``. nameko
finds them, binds them and owns their life; what stands here is how messages reach them: deliveries come in batches,
one transaction handles a batch, one acknowledgement settles it. If a batch fails its events are done again one by
one, so that only the bad one suffers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import eventlet
from eventlet.event import Event
from eventlet.greenpool import GreenPool
from google.protobuf.message import DecodeError
from google.protobuf.message import Message as Proto
from nameko.extensions import Entrypoint, SharedExtension
from sqlalchemy import exc

from chassis import inbox, logs, telemetry
from chassis.bus.ports import BusUnavailable, Consumer, Delivery, Queue
from chassis.database import Database, Tx
from chassis.handled import Ended, Handling, ages, type_of
from chassis.messages import age_s, key_of
from chassis.process import Process
from chassis.progress import progress

F = TypeVar("F", bound=Callable[..., Any])

BATCH = 200
"""Events handled in one transaction at most, where a service says nothing else (``batch`` in its ``Worker``)."""
FAILED_ALIVE = 3
"""So many errors in a row from a database that answers are the events' fault."""
RECEIVE_S = 0.5
"""How long a reader waits for messages before it looks whether it shall stop."""
WAITS_S = 86_400.0
"""How long a task may be put off without having been tried; after that putting it off is an attempt like any other."""
PROCESS = "process"
"""The key of the ``Process`` in nameko's configuration."""

_log = logs.get_logger("worker")


class RetryTask(Exception):
    """A task handler asks for another attempt, not before ``after_s`` seconds. What was not ``tried`` uses up none."""

    def __init__(self, reason: str, after_s: float = 0.0, *, tried: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after_s = after_s
        self.tried = tried


@dataclass(frozen=True, slots=True)
class Work:
    """What a task or timer handler has at hand."""

    process: Process
    database: Database
    attempt: int = 1
    last_attempt: bool = False
    may_wait: bool = True
    """False once a task is so old that it must be tried or given up."""


@dataclass(frozen=True, slots=True)
class TaskQueue:
    """A queue of tasks and how many of them are done at once."""

    name: str
    parallel: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a queue is read: how much the broker hands over ahead, how much is handled at once, by whom, and what to
    wait for at the end."""

    queue: str
    prefetch: int
    limit: int
    handle: Callable[[Consumer, list[Delivery]], None]
    finish: Callable[[], object] = lambda: None


class _Extension(SharedExtension):  # type: ignore[misc]
    """One for each service: reads its queues on greenlets of its own and hands deliveries to the entrypoints."""

    def __init__(self) -> None:
        self.handlers: dict[str, tuple[type[Proto], str]] = {}
        self.readers: list[Event] = []
        self.stopping = False

    @property
    def process(self) -> Process:
        found: Process = self.container.config[PROCESS]
        return found

    @property
    def database(self) -> Database:
        return self.process.database(self.container.service_name)

    def handler(self, key: str) -> tuple[type[Proto], Callable[..., Any]] | None:
        if key not in self.handlers:
            return None
        body, method = self.handlers[key]
        return body, getattr(self.service, method)

    def handling(self, delivery: Delivery, body: Proto | None) -> Handling:
        """One message being handled by this service."""
        return Handling(delivery, body, self.container.service_name, self.process.bus.system)

    def setup(self) -> None:
        self.service = self.container.service_cls(self.process)

    def read(self, reading: _Reading) -> None:
        """Read one queue on a greenlet until the service stops; a lost broker is waited for."""
        done = Event()
        self.readers.append(done)

        def loop() -> None:
            try:
                while not self.stopping:
                    try:
                        self._read_while_up(reading)
                    except BusUnavailable:
                        eventlet.sleep(0.5)
            finally:
                done.send()

        self.container.spawn_managed_thread(loop, identifier=f"read-{reading.queue}")

    def _read_while_up(self, reading: _Reading) -> None:
        consumer = self.process.bus.consumer(reading.queue, reading.prefetch)
        ages.reads(reading.queue, self.process.clock())
        try:
            while not self.stopping:
                deliveries = consumer.receive(reading.limit, RECEIVE_S)
                if deliveries:
                    ages.took(reading.queue, deliveries, self.process.clock())
                    reading.handle(consumer, deliveries)
                if deliveries or not self.busy():
                    progress.moved(reading.queue)
        finally:
            reading.finish()  # what is at work is settled through this consumer
            consumer.close()

    def busy(self) -> bool:
        """True while handlers of this extension are at work beside the reader."""
        return False

    def stop(self) -> None:
        self.stopping = True
        for done in self.readers:
            done.wait()


class Events(_Extension):
    """The service's event queue."""

    def start(self) -> None:
        """Check that handlers and declared events agree, then read."""
        service = self.container.service_name
        declared = next(found.listens for found in self.process.services if found.name == service)
        if declared != frozenset(self.handlers):
            raise RuntimeError(f"{service}: listens to {sorted(declared)} but handles {sorted(self.handlers)}")
        self.process.bus_ready([])
        batch = getattr(self.container.service_cls, "batch", BATCH)
        self.read(_Reading(service, 2 * batch, batch, self._handle))

    def _handle(self, consumer: Consumer, deliveries: list[Delivery]) -> None:
        received = [event for delivery in deliveries if (event := self._read_event(consumer, delivery))]
        try:
            self._apply_patiently(received)
            consumer.ack([event.delivery for event in received])
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, only its event may suffer
            _log.warning("batch_failed", service=self.container.service_name, error=type(error).__name__)
            for event in received:
                self._one(consumer, event)

    def _one(self, consumer: Consumer, event: _Received) -> None:
        delivery = event.delivery
        try:
            self._apply_patiently([event])
            consumer.ack([delivery])
        except Exception as error:  # noqa: BLE001 - as above; the reason goes with the message
            _log.error("event_failed", service=self.container.service_name, event_id=delivery.message.id, exc_info=True)
            self.handling(delivery, event.body).ended(Ended.FAILED, self.process.clock())
            consumer.retry(delivery, f"{type(error).__name__} in the handler of {type_of(delivery)}")

    def _apply_patiently(self, received: Sequence[_Received]) -> None:
        """While the database is away the events wait here, unacknowledged, and use up no attempt."""
        failed_alive = 0
        while True:
            try:
                for handling in self.database.run(self._apply, received):
                    handling.ended(Ended.DONE, self.process.clock())
                return
            except (exc.OperationalError, exc.InterfaceError):
                failed_alive = failed_alive + 1 if self.database.alive() else 0
                if self.stopping or failed_alive >= FAILED_ALIVE:
                    raise
                if not failed_alive:
                    progress.moved(self.container.service_name)  # it waits for the database: that is no reason to die
                eventlet.sleep(0.5)

    def _apply(self, tx: Tx, received: Sequence[_Received]) -> list[Handling]:
        """One transaction: the inbox lets through what was not handled before."""
        done = []
        heeded = self._heeded(tx, received)
        fresh = inbox.claim(tx, [event.delivery.message.id for event in heeded]) if heeded else set()
        for event in heeded:
            if event.handle is not None and event.delivery.message.id in fresh:
                fresh.discard(event.delivery.message.id)
                with self.handling(event.delivery, event.body) as handling:
                    event.handle(tx, event.body)
                done.append(handling)
        return done

    def _heeded(self, tx: Tx, received: Sequence[_Received]) -> Sequence[_Received]:
        """What concerns the service, where it says so (``heeds`` in its ``Worker``). The rest is settled without a row
        in the inbox, a span or a number: for this service it did not happen."""
        known = [event for event in received if event.handle is not None]
        heeds = getattr(self.service, "heeds", None)
        if heeds is None or not known:
            return known
        told = heeds(tx, [event.body for event in known])
        return [event for event, heeded in zip(known, told, strict=True) if heeded]

    def _read_event(self, consumer: Consumer, delivery: Delivery) -> _Received | None:
        found = self.handler(type_of(delivery))
        if found is None:
            return _Received(delivery, None, None)
        body, handle = found
        try:
            return _Received(delivery, body.FromString(delivery.message.body), handle)
        except DecodeError:
            consumer.bury(delivery, f"the body is not a {type_of(delivery)}")
            return None


@dataclass(frozen=True, slots=True)
class _Received:
    """An event that was read; ``handle`` is None for one that nothing here listens to any more."""

    delivery: Delivery
    body: Proto | None
    handle: Callable[..., Any] | None


class Tasks(_Extension):
    """The service's task queues: each with its own reader, its own prefetch and its own greenlets."""

    def __init__(self) -> None:
        super().__init__()
        self._at_work = 0

    def start(self) -> None:
        """Read every queue the service names."""
        queues: Sequence[TaskQueue] = self.container.service_cls.task_queues(self.process)
        self.process.bus_ready([Queue(queue.name) for queue in queues])
        for queue in queues:
            pool = GreenPool(queue.parallel)
            reading = _Reading(queue.name, 2 * queue.parallel, queue.parallel, self._spawner(pool), pool.waitall)
            self.read(reading)

    def busy(self) -> bool:
        """True while tasks are being done."""
        return self._at_work > 0

    def _spawner(self, pool: GreenPool) -> Callable[[Consumer, list[Delivery]], None]:
        def spawn(consumer: Consumer, deliveries: list[Delivery]) -> None:
            for delivery in deliveries:
                pool.spawn(self._do, consumer, delivery)

        return spawn

    def _do(self, consumer: Consumer, delivery: Delivery) -> None:
        self._at_work += 1
        try:
            self._settle(consumer, delivery)
        except BusUnavailable:
            _log.warning("task_unsettled", task_id=delivery.message.id)  # it is delivered again
        finally:
            self._at_work -= 1

    def _settle(self, consumer: Consumer, delivery: Delivery) -> None:
        found = self.handler(type_of(delivery))
        if not found:
            consumer.bury(delivery, f"nothing here does {type_of(delivery)}")
            return
        body, method = found
        last = delivery.attempt > len(self.process.settings.retry_seconds)
        may_wait = age_s(delivery.message, self.process.clock()) < WAITS_S
        work = Work(self.process, self.database, delivery.attempt, last, may_wait)
        try:
            task = body.FromString(delivery.message.body)
        except DecodeError:
            consumer.bury(delivery, f"the body is not a {type_of(delivery)}")
            return
        handling = self.handling(delivery, task)
        ended = self._end(consumer, delivery, handling, lambda: method(work, task), may_wait)
        handling.ended(ended, self.process.clock())

    def _end(
        self, consumer: Consumer, delivery: Delivery, handling: Handling, do: Callable[[], object], may_wait: bool
    ) -> Ended:
        """Do the task and settle it."""
        try:
            with handling:
                do()
            consumer.ack([delivery])
            return Ended.DONE
        except RetryTask as again:
            if again.tried or not may_wait:
                consumer.retry(delivery, again.reason, again.after_s)
                return Ended.RETRY
            consumer.postpone(delivery, again.reason, again.after_s)
            return Ended.POSTPONED
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, only its task may suffer
            _log.error("task_failed", task_id=delivery.message.id, exc_info=True)
            consumer.retry(delivery, f"{type(error).__name__} in the handler of {type_of(delivery)}")
            return Ended.FAILED


class _EventHandler(Entrypoint):  # type: ignore[misc]
    source = Events()

    def __init__(self, body: type[Proto], **kwargs: Any) -> None:
        self.body = body
        super().__init__(**kwargs)

    def setup(self) -> None:
        self.source.handlers[key_of(self.body)] = (self.body, self.method_name)


class _TaskHandler(_EventHandler):
    source = Tasks()


class _Timer(Entrypoint):  # type: ignore[misc]
    def __init__(self, seconds: float, **kwargs: Any) -> None:
        self.seconds = seconds
        self.stopping = Event()
        super().__init__(**kwargs)

    def start(self) -> None:
        self.container.spawn_managed_thread(self._loop, identifier=f"timer-{self.method_name}")

    def stop(self) -> None:
        self.stopping.send()

    def _loop(self) -> None:
        process: Process = self.container.config[PROCESS]
        work = Work(process, process.database(self.container.service_name))
        method = getattr(self.container.service_cls(process), self.method_name)
        while not self.stopping.ready():
            try:
                with telemetry.working_for(self.container.service_name):
                    method(work)
            except Exception as error:  # noqa: BLE001 - a timer that fails once must fire again
                _log.warning("timer_failed", timer=self.method_name, error=type(error).__name__)
            with eventlet.Timeout(self.seconds, False):
                self.stopping.wait()


def on_event(body: type[Proto]) -> Callable[[F], F]:
    """``method(self, tx, event)`` handles one event of this type inside the batch's transaction."""
    return _EventHandler.decorator(body)  # type: ignore[no-any-return]


def on_task(body: type[Proto]) -> Callable[[F], F]:
    """``method(self, work, task)`` does one task of this type; it may call the network and use several transactions."""
    return _TaskHandler.decorator(body)  # type: ignore[no-any-return]


def every(seconds: float) -> Callable[[F], F]:
    """``method(self, work)`` runs at this interval, in every worker of the service."""
    return _Timer.decorator(seconds)  # type: ignore[no-any-return]
