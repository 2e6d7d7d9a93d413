"""Probes against doors that the test opens on loopback, and commands, disks and files of its own."""

import contextlib
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import psutil
import pytest

from infodesk.demo.story import ZONE
from infodesk.duty.judge import Draft, judge
from infodesk.duty.probe_ways import SilenceError, take
from infodesk.duty.probes import read_probes
from infodesk.duty.rounds import begin, finish, measured, save
from infodesk.duty.write import find_entry
from infodesk.model.entry import NO_ANSWER, Breach, Key
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook
from infodesk.model.probe import Probe
from tests.duty.conftest import Duty

NOW = datetime(2026, 9, 18, 12, 0, tzinfo=ZONE)
DATA = Path(__file__).parents[1] / "data"


@contextmanager
def door(serve: Callable[[socket.socket], None] = lambda _: None) -> Iterator[int]:
    """A port on loopback behind which `serve` talks to whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def run() -> None:
            while True:
                try:
                    visitor, _ = server.accept()
                except OSError:
                    return
                with visitor:
                    serve(visitor)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def page(status: int, text: str) -> Callable[[socket.socket], None]:
    def serve(visitor: socket.socket) -> None:
        visitor.recv(4096)
        body = text.encode()
        visitor.sendall(
            f"HTTP/1.0 {status} x\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        )

    return serve


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_door_that_opens_is_yes_and_a_closed_one_no() -> None:
    with door() as port:
        assert take(Probe("tcp", (f"127.0.0.1:{port}",)), NOW) == "true"
        assert take(Probe("tcp", (f"127.0.0.1:{port}",), yes="UP", no="DOWN"), NOW) == "UP"
    assert take(Probe("tcp", (f"127.0.0.1:{closed_port()}",), yes="UP", no="DOWN"), NOW) == "DOWN"


def test_a_page_is_yes_an_error_no_and_a_pattern_takes_what_it_says() -> None:
    with door(page(200, "queue 17 waiting")) as port:
        address = f"http://127.0.0.1:{port}/"
        assert take(Probe("http", (address,)), NOW) == "true"
        assert take(Probe("http", (address,), pattern=r"queue (\d+)"), NOW) == "17"
        with pytest.raises(SilenceError, match="pattern"):
            take(Probe("http", (address,), pattern=r"nothing (\d+)"), NOW)
    with door(page(503, "")) as port:
        address = f"http://127.0.0.1:{port}/"
        assert take(Probe("http", (address,)), NOW) == "false"
        with pytest.raises(SilenceError, match="HTTP 503"):
            take(Probe("http", (address,), pattern=r"queue (\d+)"), NOW)
    address = f"http://127.0.0.1:{closed_port()}/"
    assert take(Probe("http", (address,)), NOW) == "false"
    with pytest.raises(SilenceError):
        take(Probe("http", (address,), pattern=r"(\d+)"), NOW)


def test_no_file_is_read_through_an_address() -> None:
    with pytest.raises(SilenceError, match="http"):
        take(Probe("http", ("file:///etc/hostname",)), NOW)


def test_a_certificate_gives_the_days_it_still_holds() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(DATA / "loopback.pem")

    def serve(visitor: socket.socket) -> None:
        with context.wrap_socket(visitor, server_side=True):
            pass

    with door(serve) as port:
        probe = Probe("tls", (f"127.0.0.1:{port}",))
        assert take(probe, datetime(2126, 10, 22, 1, 31, 33, tzinfo=ZONE)) == "10"
        assert take(probe, datetime(2126, 11, 3, 12, tzinfo=ZONE)) == "-3"


def test_a_door_without_tls_behind_it_is_no_answer() -> None:
    with door(page(200, "")) as port, pytest.raises(SilenceError):
        take(Probe("tls", (f"127.0.0.1:{port}",), seconds=2), NOW)


def test_a_command_says_its_first_line_or_what_the_pattern_takes() -> None:
    python = (sys.executable, "-c")
    assert take(Probe("command", (*python, "print('\\n 42 \\nmore')")), NOW) == "42"
    assert take(Probe("command", (*python, "print('use 61%')"), pattern=r"(\d+)%"), NOW) == "61"
    assert take(Probe("command", (*python, "print('$HOME;ls')")), NOW) == "$HOME;ls"


@pytest.mark.parametrize(
    ("code", "why"),
    [("raise SystemExit(3)", "exit 3"), ("import time; time.sleep(30)", "timeout 1 s")],
)
def test_a_command_that_fails_or_hangs_is_no_answer(code: str, why: str) -> None:
    with pytest.raises(SilenceError, match=why):
        take(Probe("command", (sys.executable, "-c", code), seconds=1), NOW)


def test_a_command_that_never_stops_talking_is_cut_short() -> None:
    code = "import sys\nwhile True: sys.stdout.write('9' * 65536)"
    with pytest.raises(SilenceError, match="> 1000000 bytes"):
        take(Probe("command", (sys.executable, "-c", code), seconds=20), NOW)


def test_what_a_command_started_is_ended_with_it(tmp_path: Path) -> None:
    left = tmp_path / "pid"
    start = "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])"
    code = f"{start}; open({str(left)!r}, 'w').write(str(p.pid)); print(5)"
    with pytest.raises(SilenceError, match="timeout 2 s"):
        take(Probe("command", (sys.executable, "-c", code), seconds=2), NOW)
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(int(left.read_text())).wait(5)


def test_nothing_goes_on_when_infodesk_ends_before_its_probes(tmp_path: Path) -> None:
    """Ctrl-C while probes run: their programs have sessions of their own, which Ctrl-C does not reach."""
    left = tmp_path / "pid"
    program = f"import os, time; open({str(left)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    code = (
        "import datetime, sys, threading, time, pathlib\n"
        "from infodesk.duty.probe_ways import take\n"
        "from infodesk.model.probe import Probe\n"
        f"probe = Probe('command', (sys.executable, '-c', {program!r}), seconds=50)\n"
        "now = datetime.datetime.now(datetime.UTC)\n"
        "threading.Thread(target=take, args=(probe, now), daemon=True).start()\n"
        f"left = pathlib.Path({str(left)!r})\n"
        "while not (left.exists() and left.read_text()): time.sleep(0.05)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(int(left.read_text())).wait(5)


def test_what_a_chinese_windows_prints_is_read() -> None:
    code = "import sys; sys.stdout.buffer.write('正常'.encode('gbk'))"
    assert take(Probe("command", (sys.executable, "-c", code)), NOW) == "正常"


def test_a_program_that_is_not_there_is_no_answer() -> None:
    with pytest.raises(SilenceError, match="No such file"):
        take(Probe("command", ("/no/such/program",)), NOW)


def test_disk_and_age(tmp_path: Path) -> None:
    assert 0 <= float(take(Probe("disk", (str(tmp_path),)), NOW)) <= 100
    for name, hours in (("old.dmp", 75), ("new.dmp", 50)):
        (tmp_path / name).write_text("")
        moment = NOW.timestamp() - hours * 3600
        os.utime(tmp_path / name, (moment, moment))
    wanted = (str(tmp_path / "*.dmp"),)
    assert take(Probe("age", wanted), NOW) == "2"
    assert take(Probe("age", wanted, counted="hours"), NOW) == "50"
    with pytest.raises(SilenceError, match="no such file"):
        take(Probe("age", (str(tmp_path / "*.bak"),)), NOW)


def probed(book: Logbook, **probes: Probe) -> Logbook:
    """The logbook with probes of some fields."""
    return replace(
        book, fields=tuple(replace(f, probe=probes.get(f.id, f.probe)) for f in book.fields)
    )


def said(text: str, **more: object) -> Probe:
    probe = Probe("command", (sys.executable, "-c", f"print({text!r})"))
    return replace(probe, **more)  # type: ignore[arg-type]  # by name


def with_book(duty: Duty, book: Logbook) -> Duty:
    """The room with one logbook changed."""
    books = tuple(book if b.id == book.id else b for b in duty.room.definitions.logbooks)
    definitions = replace(duty.room.definitions, logbooks=books)
    return Duty(replace(duty.room, definitions=definitions))


def test_probes_run_at_the_same_time_and_are_read_like_typed_answers(duty: Duty) -> None:
    slow = "import time; time.sleep(2); print({})"
    texts = {
        "cold_aisle_temperature": "22.87",
        "relative_humidity": "45",
        "battery_room_temperature": "24",
    }
    probes = {
        name: Probe("command", (sys.executable, "-c", slow.format(text)))
        for name, text in texts.items()
    }
    book = probed(duty.room.book("巡检"), **probes)
    draft = Draft(book, {}, duty.room.now, "daily")
    begun = time.monotonic()
    found = read_probes(duty.room, draft)
    assert time.monotonic() - begun < 5.5
    assert found.silent == ()
    assert found.answers == {
        Key("cold_aisle_temperature"): "22.9",
        Key("relative_humidity"): "45.0",
        Key("battery_room_temperature"): "24.0",
    }


def test_nobody_waits_for_a_probe_longer_than_its_own_time(
    duty: Duty, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that drips byte by byte is let go when its own seconds are over, though another probe has more."""

    def drip(visitor: socket.socket) -> None:
        visitor.recv(4096)
        with contextlib.suppress(OSError):
            visitor.sendall(b"HTTP/1.0 200 x\r\n\r\n")
            for _ in range(20):
                visitor.sendall(b"x")
                time.sleep(0.1)

    monkeypatch.setattr("infodesk.duty.probes.MARGIN", 0.2)
    with door(drip) as port:
        slow = Probe("http", (f"http://127.0.0.1:{port}/",), seconds=1, pattern=r"load=(\d+)")
        quick = replace(said("46"), seconds=30)
        book = probed(duty.room.book("巡检"), cold_aisle_temperature=slow, relative_humidity=quick)
        begun = time.monotonic()
        found = read_probes(duty.room, Draft(book, {}, duty.room.now, "daily"))
        assert time.monotonic() - begun < 5
    assert [each.value for each in found.silent] == ["timeout 1 s"]
    assert found.answers == {Key("relative_humidity"): "46.0"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [("9" * 60, f"? {'9' * 40}"), ("-0.04", "0.0"), ("", "?"), ("21 ok", "? 21 ok")],
)
def test_what_looks_like_a_number_is_one_or_is_no_answer(duty: Duty, text: str, kept: str) -> None:
    book = probed(duty.room.book("巡检"), cold_aisle_temperature=said(text))
    found = read_probes(duty.room, Draft(book, {}, duty.room.now, "daily"))
    assert [*found.answers.values(), *(each.value for each in found.silent)] == [kept]


def test_an_asset_has_probes_of_its_own(duty: Duty) -> None:
    assets = duty.room.definitions.assets
    own = {"disk_usage": said("77")}
    changed = tuple(replace(a, probes=own) if a.id == "SRV-HIS" else a for a in assets.assets)
    definitions = replace(duty.room.definitions, assets=replace(assets, assets=changed))
    room = replace(duty.room, definitions=definitions)
    book = probed(room.book("巡检"), disk_usage=said("{asset}", pattern=r"SRV-(EMR)"))
    found = read_probes(room, Draft(book, {}, room.now, "daily"))
    assert found.answers == {Key("disk_usage", "SRV-HIS"): "77"}
    silent = Breach(Level.WARN, Key("disk_usage", "SRV-EMR"), "? EMR", NO_ANSWER)
    assert found.silent == (silent,)


def test_an_error_page_is_no_temperature(duty: Duty) -> None:
    book = probed(
        duty.room.book("巡检"), cold_aisle_temperature=said("<html>", silence=Level.ALARM)
    )
    found = read_probes(duty.room, Draft(book, {}, duty.room.now, "daily"))
    assert found.answers == {}
    assert [(b.level, b.value) for b in found.silent] == [(Level.ALARM, "? <html>")]


FULL = {
    "relative_humidity": "45", "battery_room_temperature": "24", "ups_load@UPS-1": "35", "ups_load@UPS-2": "34",
    "battery_minutes@UPS-1": "42", "battery_minutes@UPS-2": "41", "cylinder_pressure@GAS-1": "4.2",
    "cameras_online": "8", "cameras_total": "8", "disk_usage@SRV-HIS": "61", "disk_usage@SRV-EMR": "55",
}  # fmt: skip


def test_a_dead_probe_is_kept_as_no_answer_and_never_yesterdays_value(duty: Duty) -> None:
    from infodesk.duty.rounds import draft_of_round, spread
    from infodesk.duty.steps import steps

    def round_with(room_of: Duty, probe: Probe) -> str:
        book = probed(room_of.room.book("巡检"), cold_aisle_temperature=probe)
        here = with_book(room_of, book).room
        walked = measured(here, book, begin(here, book, "daily", "a"))
        draft = draft_of_round(here, book, walked)
        plan = steps(here, draft, judge(here, draft).answers)
        asked = [key for step in plan for key in step.keys]
        assert Key("cold_aisle_temperature") not in asked
        given = spread(here, draft, FULL | {"safety": "y", "devices": "y"}, asked)
        walked = save(here, replace(walked, given={**walked.given, **given}))
        done = finish(here, book, walked)
        assert done.written.line is not None, done.written.judged
        return done.written.line.id

    first = find_entry(duty.room, round_with(duty.at("2026-09-17 08:30"), said("22.9"))).last
    assert first.answers[Key("cold_aisle_temperature")] == "22.9"
    assert first.measured == {Key("cold_aisle_temperature")}
    second = find_entry(duty.room, round_with(duty.at("2026-09-18 08:30"), said("down"))).last
    assert Key("cold_aisle_temperature") not in second.answers
    assert second.breaches == (
        Breach(Level.WARN, Key("cold_aisle_temperature"), "? down", NO_ANSWER),
    )
    assert second.level is Level.WARN
    assert Key("dew_point") not in second.answers
