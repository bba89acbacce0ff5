"""What the kernel takes from a connector's process before a line of its code runs; all of it works without privileges.

Memory and files by resource limits; sockets, other programs and other processes by a seccomp filter; the file system,
but for Python and the connector's package, by Landlock. What this kernel does not have is reported, not pretended.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import resource
import struct
from collections.abc import Callable, Iterable

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_FILTER = 2
_OPEN_FILES = 64

_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_DENIED = {
    "socket": (41, 198),
    "io_uring_setup": (425, 425),
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "prlimit64": (302, 261),
    "setrlimit": (160, 164),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
}
"""System calls answered with EPERM: name to number, on x86-64 and on AArch64."""
_CLONE, _CLONE3 = (56, 220), (435, 435)
_CLONE_THREAD = 0x00010000
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUALS, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_X32 = 0x40000000


def confine(readable: Iterable[str], listable: Iterable[str], memory_mb: int) -> list[str]:
    """Confine this process for good; tells what was taken: ``memory``, ``files``, ``sockets and programs``."""
    steps: list[tuple[str, Callable[[], None]]] = [
        ("memory", lambda: _limit_memory(memory_mb)),
        ("files", lambda: _limit_files(readable, listable)),
        ("sockets and programs", _limit_calls),
    ]
    taken = []
    for name, step in steps:
        with contextlib.suppress(OSError, ValueError, KeyError, AttributeError):
            step()
            taken.append(name)
    return taken


def _limit_memory(memory_mb: int) -> None:
    limit = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_calls() -> None:
    """Install the seccomp filter; threads started later have it too."""
    architecture, column = _ARCHITECTURES[platform.machine()]
    program = _program(architecture, column)
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    buffer = ctypes.create_string_buffer(code)
    described = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(program), ctypes.addressof(buffer)))
    _must(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _must(_libc.prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, described, 0, 0))


def _program(architecture: int, column: int) -> list[tuple[int, int, int, int]]:
    """The filter as (code, jump if true, jump if false, operand); jumps count the lines in between."""
    denied = [number for numbers in _DENIED.values() if (number := numbers[column]) is not None]
    refuse, missing = (_RETURN, 0, 0, _ERRNO | errno.EPERM), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)
    lines = [(_LOAD, 0, 0, 4), (_EQUALS, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    lines += [(_AT_LEAST, 0, 1, _X32), refuse]
    for number in denied:
        lines += [(_EQUALS, 0, 1, number), refuse]
    lines += [(_EQUALS, 0, 1, _CLONE3[column]), missing]  # threads then use clone, whose flags can be seen
    lines += [(_EQUALS, 0, 3, _CLONE[column]), (_LOAD, 0, 0, 16), (_HAS_BITS, 1, 0, _CLONE_THREAD), refuse]
    return [*lines, (_RETURN, 0, 0, _ALLOW)]


_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_HANDLED_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Every right that each version of Landlock knows: what is handled and not granted is refused."""


def _limit_files(readable: Iterable[str], listable: Iterable[str]) -> None:
    """Let the process read below ``readable``, list below ``listable``, and nothing else."""
    abi = _must(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1)))
    handled = struct.pack("Q", _HANDLED_BY_ABI[min(abi, max(_HANDLED_BY_ABI))])
    ruleset = _must(_libc.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), ctypes.c_uint32(0)))
    try:
        for path in readable:
            _grant(ruleset, path, _READ_FILE | _READ_DIR)
        for path in listable:
            _grant(ruleset, path, _READ_DIR)
        _must(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        _must(_libc.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)))
    finally:
        os.close(ruleset)


def _grant(ruleset: int, path: str, rights: int) -> None:
    """A path that is not there, or is a file of which a directory's right is asked, grants nothing."""
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = struct.pack("=Qi", rights if os.path.isdir(path) else rights & _READ_FILE, opened)
        _libc.syscall(_ADD_RULE, ruleset, 1, rule, ctypes.c_uint32(0))
    finally:
        os.close(opened)


def _must(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
