"""Archives and mails: what comes out of them, and what does not."""

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from infodesk.workbooks.envelope import Envelope, open_envelope
from infodesk.workbooks.limits import LIMITS, Limits
from infodesk.workbooks.unreadable import UnreadableError
from tests.workbooks.made import xlsx
from tests.workbooks.tables import TABLE, packed

GOOD = xlsx(TABLE)


def opened(content: bytes, limits: Limits = LIMITS) -> Envelope:
    found = open_envelope(content, limits)
    assert found is not None
    return found


def mail(**attachments: bytes) -> EmailMessage:
    """A mail with attachments."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = "ward@example.org", "stats@example.org", "九月报表"
    made["Date"] = "Tue, 06 Oct 2026 16:20:00 +0800"
    made.set_content("请查收")
    for name, content in attachments.items():
        made.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name.replace("_", ".")
        )
    return made


def test_a_workbook_is_no_archive() -> None:
    assert open_envelope(GOOD, LIMITS) is None
    assert open_envelope(b"a,b\n", LIMITS) is None


def test_an_archive_gives_its_files_with_their_paths() -> None:
    found = opened(packed({"九月/内科.xlsx": GOOD, "九月/": b"", "b.csv": b"a,b\n"}))
    assert [(piece.path, piece.content) for piece in found.pieces] == [
        ("九月/内科.xlsx", GOOD),
        ("b.csv", b"a,b\n"),
    ]


def test_a_file_damaged_in_an_archive_is_refused_alone() -> None:
    content = packed({"a.xlsx": bytes(5000), "b.csv": b"a,b\n"})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = 30 + len("a.xlsx")
        packed_size = archive.getinfo("a.xlsx").compress_size
    for damage in (b"\xff" * packed_size, bytes(packed_size)):
        broken = content[:start] + damage + content[start + packed_size :]
        first, second = opened(broken).pieces
        assert "half written" in str(first.refused)
        assert (second.refused, second.content) == (None, b"a,b\n")


def test_names_as_windows_in_china_writes_them_are_read() -> None:
    content = packed({"XXXX.xlsx": GOOD}).replace(b"XXXX", "内科".encode("gbk"))
    assert opened(content).pieces[0].path == "内科.xlsx"


def test_what_other_systems_put_beside_is_passed_over() -> None:
    names = ("__MACOSX/._a.xlsx", "~$a.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini")
    with pytest.raises(UnreadableError, match="nothing in it"):
        opened(packed(dict.fromkeys(names, b"x")))


@pytest.mark.parametrize(
    "path", ["../a.xlsx", "a/../../b.xlsx", "/etc/a.xlsx", "C:/a.xlsx", "..\\a.xlsx"]
)
def test_a_path_that_leads_out_is_refused_by_itself(path: str) -> None:
    found = opened(packed({path: GOOD, "b.xlsx": GOOD}))
    assert [str(p.refused and p.refused.message) for p in found.pieces] == [
        "its path leads out of the archive",
        "None",
    ]


def test_a_file_under_a_password_or_damaged_is_refused_by_itself() -> None:
    content = bytearray(packed({"a.xlsx": GOOD, "b.xlsx": GOOD}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    found = opened(bytes(content))
    assert [bool(piece.refused) for piece in found.pieces] == [True, False]
    broken = bytearray(packed({"a.xlsx": GOOD, "b.xlsx": GOOD}))
    broken[200] ^= 0xFF
    found = opened(bytes(broken))
    assert [bool(piece.refused) for piece in found.pieces] == [True, False]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableError, match="unpacks to more"):
        opened(packed({"a.csv": bytes(30 * 2**20)}))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}.csv", b"1")
    with pytest.raises(UnreadableError, match="30 parts"):
        opened(out.getvalue(), Limits(parts=29))


def test_a_mail_gives_its_attachments_and_its_date() -> None:
    found = opened(mail(a_xlsx=GOOD, b_csv=b"a,b\n").as_bytes())
    assert [(piece.path, piece.content) for piece in found.pieces] == [
        ("a.xlsx", GOOD),
        ("b.csv", b"a,b\n"),
    ]
    assert found.sent == datetime(2026, 10, 6, 8, 20, tzinfo=UTC)


def test_names_in_chinese_pictures_and_forwarded_mails() -> None:
    made = mail()
    made.add_attachment(b"PNG", maintype="image", subtype="png", filename="logo.png")
    inner = mail()
    inner.add_attachment(GOOD, maintype="application", subtype="x", filename="九月/内科.xlsx")
    made.add_attachment(inner)
    found = opened(made.as_bytes())
    assert [(piece.path, piece.content == GOOD) for piece in found.pieces] == [("内科.xlsx", True)]


@pytest.mark.parametrize("date", [None, "yesterday", "Tue, 06 Oct 2026 08:20:00 -0000"])
def test_a_date_that_is_none_is_left_out_and_one_without_a_zone_is_utc(date: str | None) -> None:
    made = mail(a_xlsx=GOOD)
    del made["Date"]
    content = made.as_bytes()
    if date is not None:
        content = f"Date: {date}\r\n".encode() + content
    wanted = datetime(2026, 10, 6, 8, 20, tzinfo=UTC) if date and "-0000" in date else None
    assert opened(content).sent == wanted


def test_a_mail_without_a_file_or_with_too_many_parts_is_refused() -> None:
    with pytest.raises(UnreadableError, match="without a workbook attached"):
        opened(mail().as_bytes())
    with pytest.raises(UnreadableError, match="too many parts"):
        opened(mail(a_xlsx=GOOD, b_xlsx=GOOD).as_bytes(), Limits(parts=2))
