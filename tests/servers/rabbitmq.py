"""A RabbitMQ server of our own: node name, port, files and port mapper apart from any other on the machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import amqp
import kombu

from tests.servers import machine
from tests.servers.namespaces import PREFIX
from tests.waiting import eventually

START_DEADLINE_S = 90
SCRIPTS = ("/usr/lib/rabbitmq/bin/rabbitmq-server", "/opt/homebrew/sbin/rabbitmq-server")
"""Where packages put the plain script; the one on Debian's PATH insists on its own user and folder."""


def answers(address: str) -> bool:
    """Whether a broker lets us in at this address."""
    try:
        with kombu.Connection(address, connect_timeout=2) as connection:
            connection.connect()
    except (OSError, amqp.AMQPError):
        return False
    return True


def works(address: str, patience_s: float = 20) -> bool:
    """Whether a broker that lets us in also keeps what is published: one that is out of memory, disk or file handles
    does not, and would have every test wait for it. Each step may take ``patience_s``."""
    patience = {"confirm_publish": True, "read_timeout": patience_s, "write_timeout": patience_s}
    name = f"{PREFIX}{os.getpid()}-works"
    try:
        with kombu.Connection(address, connect_timeout=2, transport_options=patience) as connection:
            queue = kombu.Queue(name, durable=True, queue_arguments={"x-queue-type": "quorum"})
            connection.Producer().publish("?", routing_key=name, declare=[queue], timeout=patience_s)
            queue(connection.default_channel).delete()
    except (OSError, amqp.AMQPError, kombu.exceptions.OperationalError):
        return False
    return True


def program() -> str | None:
    """The script that starts a node."""
    return next((script for script in SCRIPTS if Path(script).exists()), shutil.which("rabbitmq-server"))


class PrivateRabbitmq:
    """Starts at once; ``stop``, ``kill``, ``start`` and ``restart`` keep queues and address; ``remove`` ends it."""

    def __init__(self) -> None:
        found = program()
        if found is None:
            raise machine.NotToBeHad("the program rabbitmq-server was not found: please install RabbitMQ")
        self._program = found
        self._user = machine.service_user("rabbitmq")
        self._folder = machine.make_folder(self._user)
        self._port, mapper, distribution = (machine.free_port() for _ in range(3))
        self.address = f"amqp://guest:guest@127.0.0.1:{self._port}/%2F"
        self._environment = node_environment(self._folder, self._port, mapper, distribution)
        self._mapper = machine.start(self._user, ["epmd", "-port", str(mapper)], self._folder, self._environment)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start, or start again, and wait until it answers."""
        self._process = machine.start(self._user, [self._program], self._folder, self._environment)
        eventually(self._is_up, START_DEADLINE_S, f"RabbitMQ on port {self._port} answering")

    def stop(self) -> None:
        """Stop in order."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=60)
            self._process = None

    def kill(self) -> None:
        """End every process of it at once, with SIGKILL."""
        if self._process is not None:
            machine.kill_all(self._process)
            self._process = None

    def settle(self) -> None:
        """Have the node write down which quorum queues it has. It does so by itself, but seconds after a queue was
        declared, and killed before that it comes back without it (RabbitMQ 3.10): so settle between declare and kill.
        """
        self.control("eval", "[dets:sync(Table) || Table <- dets:all()].")

    def restart(self) -> None:
        """Stop in order and start again."""
        self.stop()
        self.start()

    def remove(self) -> None:
        """Kill it and remove its files."""
        self.kill()
        machine.kill_all(self._mapper)
        shutil.rmtree(self._folder, ignore_errors=True)

    def control(self, *arguments: str) -> str:
        """What ``rabbitmqctl`` answers for this node."""
        command = [str(Path(self._program).with_name("rabbitmqctl")), *arguments]
        done = subprocess.run(
            machine.as_user(self._user, command),
            env=self._environment | {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(self._folder)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def _is_up(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise machine.NotToBeHad(f"RabbitMQ did not start:\n{machine.output_of(self._folder)}")
        return answers(self.address)


def node_environment(folder: Path, port: int, mapper: int, distribution: int) -> dict[str, str]:
    """What makes a node its own: nothing of it is read from or written to the machine's usual places."""
    (folder / "enabled_plugins").write_text("[].\n")
    return {
        "RABBITMQ_NODENAME": f"hub120-{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+sbwt none +sbwtdcpu none +sbwtdio none",  # no busy waiting: two cores
        "RUNNING_UNDER_SYSTEMD": "true",  # the script becomes the node instead of watching over it
        "ERL_EPMD_PORT": str(mapper),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    }
