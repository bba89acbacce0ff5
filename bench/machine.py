"""The machine the figures were measured on, and what each process used of it, read from ``/proc``."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def described() -> dict[str, str]:
    """Processor, cores, memory, kernel, Python."""
    memory = _field(Path("/proc/meminfo").read_text(), "MemTotal").split()[0]
    return {
        "processor": _field(Path("/proc/cpuinfo").read_text(), "model name"),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{int(memory) / 2**20:.0f} GiB",
        "kernel": platform.release(),
        "Python": platform.python_version(),
    }


def load() -> str:
    """The load average of one, five and fifteen minutes: figures taken while others work are worth less."""
    return " ".join(f"{part:.1f}" for part in os.getloadavg())


def _field(text: str, name: str) -> str:
    line = next((line for line in text.splitlines() if line.startswith(name)), ":unknown")
    return line.partition(":")[2].strip()


def memory_mb(pid: int) -> tuple[float, float]:
    """Resident (RSS) and proportional (PSS) memory of a process in MB (10⁶ bytes)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return tuple(int(_field(text, name).split()[0]) * 1024 / 1e6 for name in ("Rss", "Pss"))  # type: ignore[return-value]


def children(pid: int) -> list[int]:
    """The direct children of a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def cpu_s(pid: int) -> float:
    """Seconds of processor a process has used, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def named(name: str) -> list[int]:
    """The processes of this name."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                if (path / "comm").read_text().strip().startswith(name):
                    found.append(int(path.name))
            except OSError:
                continue
    return found


@dataclass
class Processor:
    """Seconds of processor by who used them, between ``start`` and ``stop``.

    Servers that others use at the same time count in whole.
    """

    ours: Mapping[str, int]
    """Processes by what to call them."""
    servers: Mapping[str, str] = field(default_factory=lambda: {"PostgreSQL": "postgres", "RabbitMQ": "beam.smp"})
    """Names of server processes by what to call them."""

    def __post_init__(self) -> None:
        self._before: dict[str, dict[int, float]] = {}

    def start(self) -> None:
        """Begin."""
        self._before = self._now()

    def stop(self) -> dict[str, float]:
        """What was used since ``start``."""
        return {
            name: sum(used - self._before[name].get(pid, 0.0) for pid, used in found.items())
            for name, found in self._now().items()
        }

    def _now(self) -> dict[str, dict[int, float]]:
        groups: dict[str, Iterable[int]] = {name: [pid] for name, pid in self.ours.items()}
        groups |= {name: named(process) for name, process in self.servers.items()}
        return {name: _used(pids) for name, pids in groups.items()}


def _used(pids: Iterable[int]) -> dict[int, float]:
    found = {}
    for pid in pids:
        try:
            found[pid] = cpu_s(pid)
        except OSError:
            continue  # it ended meanwhile
    return found
