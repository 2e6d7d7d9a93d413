"""Every logbook of the starter hospital: an entry written, amended, moved on; its views, duties and signs."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from infodesk.config.files import starter
from infodesk.duty.duties import duties_of
from infodesk.duty.judge import Draft, judge
from infodesk.duty.look import view_values
from infodesk.duty.slots import shifted
from infodesk.duty.write import How, amend, draft_of, move
from infodesk.model.definitions import Definitions
from infodesk.model.entry import Key
from infodesk.model.item import Type
from infodesk.model.lifecycle import Move
from infodesk.model.limit import Level
from infodesk.model.logbook import Field, Logbook
from infodesk.store.book_views import ask_view
from tests.conftest import Shell
from tests.duty.conftest import Duty, number, rows

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "pack.json").read_text(encoding="utf-8"))
BOOKS = sorted(path.stem for path in (starter() / "logbooks").glob("*.yaml"))
ASKED = {"month": "2026-09"}  # of what views ask for; the others take a day
LATER = {
    "valid_to",
    "valid_until",
    "use_to",
    "out_at",
    "ended_at",
    "end",
    "keep_until",
    "review_by",
}
GIVEN_AT = {
    "destroy": {"witness": "甲", "second_witness": "乙"},
    "check": {"protection_level": "3"},
    "resume": {},
}
GIVEN = {
    "account_register": {"action": "open"}, "restore_test": {"environment": "virtual"},
    "work_permit": {"permit_by": "safety"}, "training_record": {"planned": "1", "passed": "1", "examined": "1"},
    "manager_handover": {"from_person": "甲", "to_person": "乙"}, "media_register": {"second_witness": "乙"},
    "supplies_stock": {"kind": "purchase"}, "goal": {"year": "2026", "points": "100"},
    "handover": {"next_officer": "示例乙"}, "room_access": {"out_at": ""},
    "maintenance_log": {"is_done": "n"}, "backup_log": {"started_at": "2026-09-18 01:00"},
    "software_approval": {"is_hospital_wide": "n"}, "media_approval": {"has_patient_data": "n"},
    "commissioning": {"critical_defects": "0"}, "incident_log": {"done": "n"},
}  # fmt: skip


PLAIN = {Type.UNIT: "0103", Type.FILE: "示例.txt", Type.PERSON: "示例", Type.TEXT: "示例"}
TIMES = {
    Type.DATE: ("2026-09-18", "2026-12-31"),
    Type.TIME: ("16:40", "16:50"),
    Type.MOMENT: ("2026-09-18 11:00", "2026-09-30 18:00"),
}


def answer(duty: Duty, field: Field) -> str:
    """An answer a field takes, in order if it has limits."""
    normal = field.limits.normal
    if normal is not None and normal.values:
        return normal.values[0]
    if field.type in TIMES:
        is_later = field.id in LATER or field.id.endswith(("due", "by"))
        return TIMES[field.type][is_later]
    if field.type in PLAIN:
        return PLAIN[field.type]
    named: dict[Type, Callable[[], str]] = {
        Type.YES_NO: lambda: "true",
        Type.CODE: lambda: field.codes[0].id,
    }
    linked: dict[Type, Callable[[], str]] = {
        Type.ENTRY: lambda: write(duty, field.book or "incident_log"),
        Type.ASSET: lambda: assets(duty, field.asset_kind or "system")[0],
    }
    found = (named | linked).get(field.type)
    return found() if found else amount(field)


def amount(field: Field) -> str:
    """A number within the limits of a field."""
    band = field.limits.normal or field.limits.possible
    if band is None:
        return "1"
    return str(next((n for n in (band.low, band.high) if n is not None), 1))


def assets(duty: Duty, kind: str) -> list[str]:
    return [each.id for each in duty.room.definitions.assets.of_kind(kind, date(2026, 9, 18))]


def complete(duty: Duty, draft: Draft) -> dict[str, str]:
    """What is given, with an answer to everything that is missing."""
    given = dict(draft.given)
    for _ in range(4):
        missing = judge(duty.room, Draft(**{**vars(draft), "given": given})).missing
        given |= {str(k): answer(duty, draft.book.field_by_id[k.field]) for k in missing}
    return given


def write(duty: Duty, name: str) -> str:
    book = duty.room.book(name)
    schedule = next((s.id for s in book.schedules if s.when is None), "")
    draft = Draft(book, GIVEN.get(name, {}), duty.room.now, schedule)
    return number(duty.give(name, complete(duty, draft), schedule or None))


@pytest.mark.parametrize("name", BOOKS)
def test_an_entry_of_every_logbook_is_written_amended_and_asked_for(duty: Duty, name: str) -> None:
    book = duty.room.book(name)
    first = write(duty, name)
    found = next(
        f
        for f in book.fields
        if f.computed is None and not f.each and Key(f.id) in duty.entry(first).answers
    )
    same = duty.entry(first).answers[Key(found.id)].split("\n")[0]
    number(amend(duty.room, duty.entry(first), {found.id: same}, How(reason="核对后重新登记")))
    for view in book.views:
        values = view_values(
            duty.room, view, tuple(ASKED.get(name, "2026-09-18") for name in view.asks)
        )
        assert ask_view(duty.room.store, view, values).columns
    due = duties_of(duty.room, book, date(2026, 9, 1), date(2028, 1, 1))
    known = {each.slot.schedule for each in due}
    wanted = {
        s.id for s in book.schedules if s.after is None and (not s.each or assets(duty, s.each))
    }
    assert wanted <= known


@pytest.mark.parametrize("name", BOOKS)
def test_an_entry_of_every_logbook_goes_to_its_end(duty: Duty, name: str) -> None:
    book = duty.room.book(name)
    first, taken = write(duty, name), set[str]()
    for _ in range(len(book.lifecycle.moves)):
        state = book.lifecycle.state_by_id[duty.entry(first).last.state]
        ways = [m for m in book.lifecycle.moves_from(state.id) if m.id not in {*taken, "reopen"}]
        if state.is_final or not ways:
            break
        take(duty, first, ways[0])
        taken.add(ways[0].id)
    ends = {s.id for s in book.lifecycle.states if s.is_final or s.is_steady}
    assert duty.entry(first).last.state in ends


def take(duty: Duty, first: str, step: Move) -> None:
    """A move by somebody whose post it is, everything it asks given."""
    people = duty.room.definitions.people
    holders = people.holders(step.by, date(2026, 9, 18))
    by = duty.at("2026-09-18 13:00", by=holders[0].name if holders else "示例丙")
    entry = by.entry(first)
    draft = replace(draft_of(by.room, entry, GIVEN_AT.get(step.id, {})), move=step)
    given = complete(by, draft)
    for name in step.asks:
        field = draft.book.field_by_id[name]
        if (
            name not in given
            and Key(name) not in entry.answers
            and not field.default
            and not field.among
            and field.type is not Type.FILE
        ):
            given[name] = answer(by, field)
    number(move(by.room, entry, step.id, given, How(second="示例庚")))


@pytest.mark.parametrize("name", BOOKS)
def test_every_logbook_is_exported(duty: Duty, shell: Shell, name: str) -> None:
    first = write(duty, name)
    with closing(sqlite3.connect(shell.folder / "infodesk.db")) as there:
        duty.room.store.connection.backup(there)
    for form in ("json", "csv", "xlsx"):
        to = shell.folder / f"out.{form}"
        assert shell.run("log", "export", name, "-f", form, "--to", str(to)) == 0
        assert to.stat().st_size > 0
    listed = json.loads((shell.folder / "out.json").read_text(encoding="utf-8"))["entries"]
    assert first in [each["id"] for each in listed]
    assert first in (shell.folder / "out.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BOOKS)
def test_every_logbook_speaks_two_languages_and_serves_clauses(
    definitions: Definitions, name: str
) -> None:
    book: Logbook = definitions.logbook_by_id[name]
    titles = [book.title, *(f.label for f in book.fields), *(v.title for v in book.views)]
    titles += [c.message for c in book.checks] + [s.title for s in book.schedules]
    titles += [s.title for s in book.lifecycle.states]
    assert [title for title in titles if not (title.zh and title.en)] == []
    assert book.clauses
    assert book.keep.source


def test_every_clause_of_chapters_5_to_8_but_conduct_has_a_logbook(
    definitions: Definitions,
) -> None:
    served = {clause for book in definitions.logbooks for clause in book.clauses}
    wanted = {
        f"{c}({n})" if "." in c else f"{c}.{n}"
        for c, numbers in VECTORS["clauses"].items()
        for n in numbers
    }
    assert sorted(wanted - served) == sorted(VECTORS["conduct"])


def test_availability_of_september_is_as_worked(duty: Duty) -> None:
    vector = VECTORS["availability"]
    later = duty.at("2026-10-05 08:00")
    for day, minutes in zip((8, 20), vector["outages"], strict=True):
        given = {
            "place": "机房", "description": "停机", "severity": "P1", "asset": "HIS", "done": "y", "action": "重启",
            "reported_at": f"2026-09-{day:02} 10:00", "restored_at": f"2026-09-{day:02} 10:{minutes}",
        }  # fmt: skip
        draft = Draft(later.room.book("incident_log"), given, later.room.now)
        number(later.give("incident_log", complete(later, draft)))
    row, *others = rows(later, "incident_log", "availability", "2026-09")
    assert [other["asset"] for other in others] == ["EMR", "LIS", "PACS"]
    assert {other["availability"] for other in others} == {100.0}
    assert rows(later, "incident_log", "availability", vector["from"], vector["to"])[0] == row
    assert row["period_minutes"] == vector["minutes"]
    assert row["outage_minutes"] == sum(vector["outages"])
    assert row["availability"] == vector["percent"]
    assert row["formula"] == "(43200 - 45) / 43200"


def test_mean_time_to_restore_is_as_worked(duty: Duty) -> None:
    vector = VECTORS["mttr"]
    later = duty.at("2026-10-05 08:00")
    for incident in vector["incidents"]:
        given = {"place": "机房", "description": "停机", "done": "y", "action": "重启"} | incident
        draft = Draft(later.room.book("incident_log"), given, later.room.now)
        number(later.give("incident_log", complete(later, draft)))
    assert rows(later, "incident_log", "mttr", vector["from"], vector["to"]) == vector["expected"]


def test_a_department_above_its_mean_of_six_months_is_named_and_one_at_the_limit_is_not(
    duty: Duty,
) -> None:
    vector = VECTORS["over_mean"]
    later = duty.at("2026-10-05 08:00")

    def issue(month: str, quantity: int, unit: str) -> None:
        given = {
            "kind": "issue",
            "item": "HP12A",
            "quantity": str(quantity),
            "unit": unit,
            "receiver": "示例",
        }
        number(later.give("supplies_stock", given, when=f"{month}-15 09:00"))

    for month, quantity in vector["uses"].items():
        issue(month, quantity, "0103")
        issue(month, vector["at_the_limit"] if month == vector["month"] else quantity, "0401")
    (found,) = rows(later, "supplies_stock", "over_mean", vector["month"])
    assert found["unit"] == "0103"
    assert {name: found[name] for name in vector["expected"]} == vector["expected"]


def test_the_brief_of_the_month_moves_off_a_holiday(definitions: Definitions) -> None:
    schedule = definitions.logbook_by_id["plan_summary"].schedule_by_id["brief"]
    for day, due in VECTORS["brief_due"].items():
        assert shifted(
            schedule, definitions.calendar, date.fromisoformat(day)
        ) == date.fromisoformat(due)


def test_a_purchase_is_no_stocktake(duty: Duty) -> None:
    given = {
        "kind": "purchase",
        "item": "HP12A",
        "quantity": "1",
        "unit_price": "1",
        "supplier": "示例公司",
    }
    number(duty.give("supplies_stock", given))
    due = duties_of(
        duty.room, duty.room.book("supplies_stock"), date(2026, 9, 1), date(2026, 10, 1)
    )
    assert [each.entry for each in due] == [None]


def test_a_backup_is_held_against_the_median_of_the_last_ten(duty: Duty) -> None:
    vector = VECTORS["backup_limits"]["duration"]

    def run(minutes: int, day: int) -> Level:
        given = {
            "database": "DB-HIS", "result": "OK", "verified": "checksum", "sha256": "0", "size_bytes": "1000",
            "started_at": f"2026-09-{day:02} 01:00",
            "ended_at": f"2026-09-{day:02} {1 + minutes // 60:02}:{minutes % 60:02}",
        }  # fmt: skip
        return duty.entry(
            number(duty.give("backup_log", given, when=f"2026-09-{day:02} 05:00"))
        ).last.level

    for day in range(1, 11):
        run(vector["before"], day)
    assert run(vector["in"], 11) is Level.NORMAL
    assert run(vector["beyond"], 12) is Level.WARN
