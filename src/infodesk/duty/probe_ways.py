"""The ways a probe reads: a command, a door, a page, a certificate, a disk, a file."""

import os
import re
import signal
import socket
import ssl
import subprocess
import weakref
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from threading import Event, Timer
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import psutil

from infodesk.duty.certificate import not_after
from infodesk.model.probe import Probe

_SECONDS = {"minutes": 60, "hours": 3600, "days": 86400}
_LONGEST = 1_000_000  # bytes of a page that are looked at, and that a program may print


class SilenceError(Exception):
    """The probe gave no answer; the text says how."""


def take(probe: Probe, now: datetime) -> str:
    """What the probe reads, as text. SilenceError if nothing comes back: that is never an older reading."""
    try:
        return _WAYS[probe.way](probe, now)
    except TimeoutError:
        raise SilenceError(f"timeout {probe.seconds} s") from None
    except (OSError, ValueError, HTTPException) as error:
        raise SilenceError(_short(error)) from error


def _short(error: Exception) -> str:
    reason = getattr(error, "reason", None)  # a page that does not open says why inside
    if isinstance(reason, OSError):
        return _short(reason)
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())[:80]


def _command(probe: Probe, _now: datetime) -> str:
    """What a program prints; it and what it started are ended when its time is over, or when it never stops talking."""
    with subprocess.Popen(
        probe.target,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a group of its own, and no terminal to ask for a password at
    ) as running:
        ended = weakref.finalize(running, end_with_children, running.pid)  # also after Ctrl-C
        late = Event()
        clock = Timer(probe.seconds, _stop, (running, late))
        clock.daemon = True
        clock.start()
        said = running.stdout.read(_LONGEST + 1) if running.stdout else b""
        if len(said) > _LONGEST:
            end_with_children(running.pid)
        code = running.wait()
        clock.cancel()
        ended.detach()
    if late.is_set():
        raise TimeoutError
    if len(said) > _LONGEST:
        raise SilenceError(f"> {_LONGEST} bytes")
    if code:
        raise SilenceError(f"exit {code}")
    return _taken(probe, _text(said))


def _stop(running: "subprocess.Popen[bytes]", late: Event) -> None:
    late.set()
    end_with_children(running.pid)


def end_with_children(pid: int) -> None:
    """End a program that was begun as a session, with all it started, so that nothing is left behind."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        return
    with suppress(psutil.NoSuchProcess):  # Windows
        first = psutil.Process(pid)
        for each in (*first.children(recursive=True), first):
            each.kill()


def _text(said: bytes) -> str:
    """What was printed: UTF-8, or what a Chinese Windows prints."""
    try:
        return said.decode("utf-8")
    except UnicodeDecodeError:
        return said.decode("gb18030", errors="replace")


def _tcp(probe: Probe, _now: datetime) -> str:
    try:
        with socket.create_connection(_place(probe), timeout=probe.seconds):
            return probe.yes
    except ConnectionRefusedError:
        return probe.no


def _tls(probe: Probe, now: datetime) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # an expired or home-made certificate has a last day too
    host = _place(probe)[0]
    with (
        socket.create_connection(_place(probe), timeout=probe.seconds) as door,
        context.wrap_socket(door, server_hostname=host) as shown,
    ):
        der = shown.getpeercert(binary_form=True)
    return str((not_after(der or b"") - now).days)


def _place(probe: Probe) -> tuple[str, int]:
    host, _, port = probe.target[0].rpartition(":")
    return host.strip("[]"), int(port)


def _http(probe: Probe, _now: datetime) -> str:
    address = probe.target[0]
    if urlsplit(address).scheme not in ("http", "https"):
        raise SilenceError("http, https")
    opener = build_opener(ProxyHandler({}))  # what is probed stands in the house
    try:
        with opener.open(Request(address), timeout=probe.seconds) as page:
            said = page.read(_LONGEST).decode("utf-8", errors="replace")
    except HTTPError as error:
        error.close()
        if probe.pattern:
            raise SilenceError(f"HTTP {error.code}") from None
        return probe.no
    except OSError as error:
        if not probe.pattern and isinstance(getattr(error, "reason", None), ConnectionRefusedError):
            return probe.no
        raise
    return _taken(probe, said) if probe.pattern else probe.yes


def _taken(probe: Probe, said: str) -> str:
    """What a command or a page says: the one group of the pattern, else its first line."""
    if not probe.pattern:
        return next((line.strip() for line in said.splitlines() if line.strip()), "")
    found = re.search(probe.pattern, said, re.MULTILINE)
    if found is None:
        raise SilenceError("pattern")
    return str(found[1])


def _disk(probe: Probe, _now: datetime) -> str:
    return str(psutil.disk_usage(probe.target[0]).percent)


def _age(probe: Probe, now: datetime) -> str:
    wanted = Path(probe.target[0])
    files = list(Path(wanted.anchor).glob(str(wanted.relative_to(wanted.anchor))))
    if not files:
        raise FileNotFoundError(2, "no such file")
    newest = max(file.stat().st_mtime for file in files)
    seconds = (now - datetime.fromtimestamp(newest, UTC)).total_seconds()
    return str(int(seconds // _SECONDS[probe.counted]))


_WAYS: dict[str, Callable[[Probe, datetime], str]] = {
    "command": _command,
    "tcp": _tcp,
    "tls": _tls,
    "http": _http,
    "disk": _disk,
    "age": _age,
}
