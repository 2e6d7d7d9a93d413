"""Readings that the machine takes itself, all at the same time, each within its time."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from queue import Empty, SimpleQueue
from threading import Thread

from infodesk.duty.facts import assets_of
from infodesk.duty.judge import Draft, asked
from infodesk.duty.probe_ways import SilenceError, take
from infodesk.duty.read_answer import Reader
from infodesk.duty.room import DutyRoom
from infodesk.model.entry import NO_ANSWER, Breach, Key
from infodesk.model.logbook import Field
from infodesk.model.probe import Probe
from infodesk.text.message import Message
from infodesk.text.numbers import read_number

Came = SimpleQueue[tuple[Key, str | SilenceError]]
MARGIN = 1.0  # seconds a probe has beyond its own limit: for looking up names, which knows none


@dataclass(frozen=True)
class Readings:
    """What the probes read: answers by question, and the questions that no probe answered."""

    answers: dict[Key, str]
    silent: tuple[Breach, ...]


def probes_of(room: DutyRoom, draft: Draft) -> dict[Key, Probe]:
    """The probes of what a draft asks: the asset's own, else the field's."""
    return {
        Key(each.id, asset): probe.at(asset)
        for each in asked(draft)
        for asset in assets_of(room, each, draft.occurred_at)
        if (probe := _probe(room, each, asset)) is not None
    }


def _probe(room: DutyRoom, each: Field, asset: str) -> Probe | None:
    found = room.definitions.assets.by_id.get(asset)
    return each.probe if found is None else found.probes.get(each.id, each.probe)


def read_probes(room: DutyRoom, draft: Draft) -> Readings:
    """Take all readings of a draft. One that does not come in time is no answer; nobody waits for it."""
    probes = probes_of(room, draft)
    came: Came = SimpleQueue()
    for key, probe in probes.items():
        arguments = (key, probe, room.now, came)
        Thread(target=_run, args=arguments, daemon=True, name=f"probe {key}").start()
    said = dict(_until(came, probes))
    answers: dict[Key, str] = {}
    silent = []
    for key, probe in probes.items():
        try:
            found = said.get(key, SilenceError(f"timeout {probe.seconds} s"))
            answers[key] = _answer(room, draft, draft.book.field_by_id[key.field], found)
        except SilenceError as error:
            silent.append(Breach(probe.silence, key, str(error), NO_ANSWER))
    return Readings(answers, tuple(silent))


def _run(key: Key, probe: Probe, now: datetime, came: Came) -> None:
    try:
        came.put((key, take(probe, now)))
    except SilenceError as error:
        came.put((key, error))


def _until(came: Came, probes: dict[Key, Probe]) -> Iterator[tuple[Key, str | SilenceError]]:
    """What comes in while any probe that is still waited for has time left."""
    begun = time.monotonic()
    ends = {key: begun + probe.seconds + MARGIN for key, probe in probes.items()}
    while ends:
        try:
            key, said = came.get(timeout=max(0.0, max(ends.values()) - time.monotonic()))
        except Empty:
            return
        del ends[key]
        yield key, said


def _answer(room: DutyRoom, draft: Draft, each: Field, text: str | SilenceError) -> str:
    """A reading as the logbook keeps it. SilenceError if it is none: an error page is no temperature."""
    if isinstance(text, SilenceError):
        raise text
    if each.is_numeric:
        value = read_number(text, each.unit).value
        if value is not None and abs(value) <= each.largest:
            text = f"{_rounded(value, each.decimals):f}"
    answer = Reader(room, draft.occurred_at.date()).read(each, text)
    if isinstance(answer, Message) or not answer:
        raise SilenceError(f"? {' '.join(text.split())[:40]}".rstrip())
    return answer


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
