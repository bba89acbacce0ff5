"""A worker process of the hub with the measured service in it; settings come from the environment as ever."""

from __future__ import annotations

from chassis import worker_process  # patches the standard library: it must be the first
from chassis.settings import read

from bench.event_road import SERVICE  # isort: skip

if __name__ == "__main__":
    worker_process.run(read(), [SERVICE])
