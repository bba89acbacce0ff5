"""``python -m tests.servers`` sees to it that PostgreSQL and RabbitMQ can be had, installing them where it may.

With ``browser`` or ``prometheus`` it does the same for one of those, which not every test needs and not every machine
may have. With ``keep`` it is the keeper of one server of a test session (see ``tests.servers.shared``).
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.servers import browser, prometheus
from tests.servers.machine import NotToBeHad
from tests.servers.shared import POSTGRES, RABBITMQ, keep, make_sure


def main(arguments: list[str]) -> int:
    """Keep a server, or make sure that servers can be had; the exit code says whether it went well."""
    try:
        if arguments[:1] == ["keep"]:
            package, note, session = arguments[1:]
            keep(package, Path(note), int(session))
        elif arguments == ["browser"]:
            print(f"tests: the browser is {browser.make_sure()}", flush=True)
        elif arguments == ["prometheus"]:
            print(f"tests: Prometheus is {prometheus.make_sure()}", flush=True)
        else:
            make_sure(POSTGRES)
            make_sure(RABBITMQ)
    except NotToBeHad as problem:
        print(f"tests: {problem}", file=sys.stderr)
        return 1
    return 0


raise SystemExit(main(sys.argv[1:]))
