"""The ways a probe reads: a command, a door, a page, a certificate, a disk, a file."""

import re
import socket
import ssl
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import psutil

from infodesk.duty.certificate import not_after
from infodesk.model.probe import Probe

_SECONDS = {"minutes": 60, "hours": 3600, "days": 86400}
_LONGEST = 1_000_000  # bytes of a page that are looked at


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
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())[:80]


def _command(probe: Probe, _now: datetime) -> str:
    try:
        done = subprocess.run(
            probe.target,
            check=False,
            capture_output=True,
            timeout=probe.seconds,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    if done.returncode:
        raise SilenceError(f"exit {done.returncode}")
    return _taken(probe, done.stdout.decode("utf-8", errors="replace"))


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
