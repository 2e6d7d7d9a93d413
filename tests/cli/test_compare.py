"""`stats compare` and what is kept off screens."""

import csv
import io
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from infodesk.cli.show.sparkline import sparkline
from infodesk.config.load import load_definitions
from infodesk.stats.desk import Desk
from infodesk.store.audit import rows
from infodesk.store.store import open_store
from tests.conftest import ACTOR, Shell
from tests.history import fill, month

PERIOD = ("-p", "2026-08")


@pytest.fixture
def shell(hospital: Path, tmp_path: Path) -> Shell:
    """A workspace without rules, and with two months in its store."""
    folder = tmp_path / "workspace"
    shutil.copytree(hospital, folder)
    for form in (folder / "forms").glob("*.yaml"):
        text = form.read_text(encoding="utf-8")
        form.write_text(re.sub(r"(?ms)^rules:.*", "", text), encoding="utf-8")
    (folder / "infodesk.db").unlink(missing_ok=True)
    shell = Shell(folder)
    assert shell.run("stats", "figures", *PERIOD) == 1
    definitions = load_definitions(folder).definitions
    assert definitions is not None
    with open_store(folder / "infodesk.db") as store:
        desk = Desk(definitions, store, ACTOR)
        for name, count, died in (("2026-07", 100, 2), ("2026-08", 150, 3)):
            ward = {"discharges": count, "disch_cured": count - died, "disch_died": died}
            fill(desk, month(name), {("ward_activity", "0101", i): n for i, n in ward.items()})
    return shell


def test_the_screen_shows_figure_base_change_and_trend(shell: Shell) -> None:
    assert shell.run("stats", "compare", "出院人数", *PERIOD, lang="zh") == 0
    words = shell.out.split()
    assert words[:9] == [
        "指标",
        "单位",
        "本期",
        "上期",
        "环比",
        "上年同期",
        "同比",
        "累计同比",
        "近13期",
    ]
    assert "出院人数" in words
    assert {"150", "100", "+50.00"} < set(words)
    assert "···········▁█" in words
    assert "↑" in words


def test_only_what_is_asked_for_is_compared(shell: Shell) -> None:
    shell.run("stats", "compare", "discharges", "--with", "last_year", *PERIOD)
    assert "Last period" not in shell.out
    assert "A year before" in shell.out


def test_json_has_its_shape(shell: Shell) -> None:
    shell.run("stats", "compare", "discharges", "--with", "previous", "--json", *PERIOD)
    found = json.loads(shell.out)
    assert (found["period"], found["unit"]) == ("2026-08", "H")
    (figure,) = found["figures"]
    assert (figure["id"], figure["value"], figure["class"]) == ("discharges", "150", "public")
    assert figure["comparisons"] == [
        {
            "with": "previous",
            "period": "2026-07",
            "now": "150",
            "base": "100",
            "change": "50.00",
            "points": False,
            "why": None,
            "display": "+50.00 %",
        }
    ]
    assert figure["trend"][-2:] == [
        {"period": "2026-07", "value": "100"},
        {"period": "2026-08", "value": "150"},
    ]
    assert figure["trend"][0] == {"period": "2025-08", "value": None}


def test_csv_begins_with_a_byte_order_mark_unless_told_otherwise(shell: Shell) -> None:
    shell.run("stats", "compare", "discharges", "--to", "a.csv", *PERIOD)
    content = (shell.folder / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    heads, figure = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    found = dict(zip(heads, figure, strict=True))
    assert (found["本期"], found["上期"], found["环比"]) == ("150", "100", "50.00")
    shell.run("stats", "compare", "discharges", "--to", "b.csv", "--no-bom", *PERIOD)
    assert (shell.folder / "b.csv").read_bytes() == content[3:]


def test_a_spreadsheet_holds_numbers_and_its_class(shell: Shell) -> None:
    shell.run("stats", "compare", "fatality_rate", "--to", "a.xlsx", *PERIOD)
    book = openpyxl.load_workbook(shell.folder / "a.xlsx")
    assert book.properties.keywords == "内部"
    shell.run("stats", "compare", "fatality_rate", "--to", "a.xlsx", "--show-confidential", *PERIOD)
    book = openpyxl.load_workbook(shell.folder / "a.xlsx")
    assert book.properties.keywords == "机密"
    assert 2 in [cell.value for row in book.worksheets[0] for cell in row]


def test_what_leaves_the_store_is_in_the_audit_chain(shell: Shell) -> None:
    shell.run("stats", "compare", "discharges", "--to", "a.csv", *PERIOD)
    with open_store(shell.folder / "infodesk.db") as store:
        last = list(rows(store))[-1]
    assert (last.action, last.subject) == ("export", "a.csv")
    assert json.loads(last.detail)["class"] == "internal"


def test_a_file_of_another_kind_is_refused(shell: Shell) -> None:
    assert shell.run("stats", "compare", "discharges", "--to", "a.doc", *PERIOD) == 2
    assert "neither .xlsx nor .csv" in shell.err


@pytest.mark.parametrize("command", [("figures",), ("compare",)])
def test_the_screen_hides_what_is_confidential(shell: Shell, command: tuple[str, ...]) -> None:
    for names in (("fatality_rate",), ("ward_activity.disch_died",)):
        shell.run("stats", *command, *names, *PERIOD)
        assert "confidential" in shell.out
        assert not re.search(r"\b(2\.00|3)\b", shell.out)
        shell.run("stats", *command, *names, "--show-confidential", *PERIOD)
        assert re.search(r"\b(2\.00|3)\b", shell.out)


def test_a_chat_line_holds_nothing_confidential(shell: Shell) -> None:
    names = ("fatality_rate", "disch_died", "discharges")
    shell.run("stats", "figures", *names, "--text", "--show-confidential", *PERIOD)
    assert shell.out == "Discharges (all) 150 人\n"
    shell.run("stats", "compare", *names, "--text", "--with", "previous", *PERIOD, lang="zh")
    assert shell.out == "出院人数 150 人，环比 +50.00 %\n"


def test_a_trace_hides_confidential_records_and_says_so(shell: Shell) -> None:
    shell.run("stats", "trace", "fatality_rate", *PERIOD)
    assert (
        "In-patient fatality rate (treated patients) (fatality_rate), Demo Hospital, 2026-08: confidential"
        in shell.out
    )
    died = shell.out.split("Discharged died", 1)[1].split("\n\n")[0]
    assert " 3 " not in died
    shell.run("stats", "trace", "fatality_rate", "--show-confidential", *PERIOD)
    died = shell.out.split("Discharged died", 1)[1].split("\n\n")[0]
    assert " 3 " in died


def test_the_signs_of_a_trend_are_in_gbk() -> None:
    line = sparkline([None, *map(Decimal, range(8))])
    assert line == "·▁▂▃▄▅▆▇█"
    assert line.encode("gbk").decode("gbk") == line
    assert sparkline([Decimal(5), Decimal(5)]) == "▅▅"
    assert sparkline([None, None]) == "··"


def test_other_consoles_get_digits_for_blocks() -> None:
    assert "▁█↑".encode("ascii", "infodesk_signs") == b"18^"


def test_a_ratio_beside_a_flow_has_no_mean_of_a_day(shell: Shell) -> None:
    names = ("discharges", "avg_los")
    shell.run("stats", "compare", *names, "-p", "2026-09", "--to", "a.csv")
    text = (shell.folder / "a.csv").read_text(encoding="utf-8-sig")
    flow, ratio = csv.DictReader(io.StringIO(text))
    assert (flow["上期日均"], flow["日均环比"]) == ("4.84", "—")
    assert (ratio["上期日均"], ratio["日均环比"]) == ("", "")


def test_exemptions_are_counted_shown_and_given_as_json(full_shell: Shell) -> None:
    config = full_shell.folder / "config.yaml"
    lines = [
        "exemptions:",
        '  - {rule: GEN-008, unit: "0101", until: 2026-10-31, reason: 病区装修停业}',
    ]
    text = re.sub(r"(?m)^exemptions:.*$", "\n".join(lines), config.read_text(encoding="utf-8"))
    config.write_text(text, encoding="utf-8")
    october = ("-p", "2026-10", "--as-of", "2026-11-20")
    full_shell.run("stats", "validate", *october, lang="zh")
    assert "豁免，[GEN-008] 0101 心血管内科，至 2026-10-31：病区装修停业（" in full_shell.out
    full_shell.run("stats", "validate", "--json", *october)
    found = json.loads(full_shell.out)
    (spared,) = found["exempted"]
    assert (spared["rule"], spared["unit"], spared["until"]) == ("GEN-008", "0101", "2026-10-31")
    assert spared["findings"] > 1
    assert "0101" not in {f["unit"] for f in found["findings"] if f["rule"] == "GEN-008"}
