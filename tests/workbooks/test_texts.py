"""Texts and pages that are called .xls: encodings told apart or refused, delimiters, numbers, spans."""

import pytest

from infodesk.workbooks.formats.encoding import decode
from infodesk.workbooks.grid import Sheet
from infodesk.workbooks.read import read_book
from infodesk.workbooks.unreadable import UnreadableError

TEXT = "科室,人数\r\n内科,12\r\n"


def one_sheet(content: bytes, name: str = "表.csv") -> Sheet:
    return read_book(content, name).sheets[0]


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with BOM"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16 without BOM"),
        ("utf-16-be", "UTF-16 without BOM"),
        ("gbk", "GBK"),
        ("gb18030", "GBK"),
    ],
)
def test_an_encoding_is_found_by_strict_decoding(codec: str, told: str) -> None:
    book = read_book(TEXT.encode(codec), "表.csv")
    assert book.origin.encoding == told
    assert book.sheets[0].rows == (("科室", "人数"), ("内科", 12.0))


def test_what_gbk_has_not_is_gb18030() -> None:
    book = read_book("姓名,人数\n㐀,1\n".encode("gb18030"))
    assert book.origin.encoding == "GB18030"
    assert book.sheets[0].at(1, 0) == "㐀"


def test_plain_letters_need_no_encoding() -> None:
    assert decode(b"ward,n\n0103,12\n").encoding == "ASCII"


def test_a_text_that_reads_as_two_encodings_is_refused() -> None:
    """一些 in GBK is һЩ in UTF-8: every byte of it fits both."""
    content = "一些,12\n".encode("gbk")
    assert content.decode("utf-8") == "һЩ,12\n"
    with pytest.raises(UnreadableError, match="as UTF-8 and as GBK"):
        read_book(content)


def test_other_letters_of_utf8_are_no_doubt() -> None:
    assert decode("Größe,Zürich\n".encode()).encoding == "UTF-8"


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf\xff\xff",
        b"\x00\x01\x02\x03",
        b"\xff\xff\xff",
        b"a,b\n\x07,1\n",
        b"\x81",
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"neither a workbook nor a text|damaged or cut"):
        read_book(content)


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_the_delimiter_is_the_sign_that_most_lines_agree_on(sign: str) -> None:
    text = f'科室{sign}人数{sign}备注\n内科{sign}12{sign}"一，二{sign}三"\n外科{sign}3{sign}\n'
    found = one_sheet(text.encode())
    assert found.rows == (
        ("科室", "人数", "备注"),
        ("内科", 12.0, f"一，二{sign}三"),
        ("外科", 3.0, ""),
    )


def test_only_what_a_spreadsheet_would_write_as_a_number_is_one() -> None:
    found = one_sheet("12,-3.5,0103,1e5,＋4,110101199001011234,1，2,\n".encode())
    assert found.rows[0] == (12.0, -3.5, "0103", "1e5", "＋4", "110101199001011234", "1，2", "")


def test_a_quotation_that_never_ends_is_refused() -> None:
    with pytest.raises(UnreadableError, match="line 2 of the text is not whole"):
        read_book('科室,人数\n"内科,12\n'.encode())


def test_a_last_line_without_an_end_is_taken_with_a_doubt() -> None:
    assert read_book(TEXT[:-3].encode()).origin.doubts == ("cut",)
    assert read_book(TEXT.encode()).origin.doubts == ()


def test_a_text_of_blanks_is_empty() -> None:
    with pytest.raises(UnreadableError, match="empty"):
        read_book(b" , \n,\n")


def test_what_shows_an_error_is_one() -> None:
    assert one_sheet("内科,#N/A\n".encode()).errors == {(0, 1): "#N/A"}


def page(rows: str, head: str = "") -> Sheet:
    return one_sheet(f"<html><head>{head}</head><table>{rows}</table></html>".encode(), "表.xls")


def test_spans_keep_the_cells_in_their_columns() -> None:
    found = page("<tr><th rowspan=2>科室<th colspan=2>人数<tr><td>男<td>女<tr><td>内科<td>1<td>2")
    assert found.rows == (("科室", "人数", ""), ("", "男", "女"), ("内科", 1.0, 2.0))
    assert found.merges == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_a_cell_marked_as_text_stays_one() -> None:
    found = page(
        "<tr><td style='mso-number-format:\"\\@\"'>123</td><td x:str>4</td><td>5&nbsp;</td>"
    )
    assert found.rows == (("123", "4", 5.0),)


def test_the_page_names_its_sheet_and_its_program() -> None:
    head = '<meta name=Generator content="HIS 4"><!--[if gte mso 9]><xml><x:Name>月报</x:Name></xml><![endif]-->'
    content = f"<html><head>{head}</head><table><tr><td>1<br>2</td></tr></table></html>".encode()
    book = read_book(content, "表.xls")
    assert (book.sheets[0].name, book.origin.program) == ("月报", "HIS 4")
    assert book.sheets[0].rows == (("1 2",),)


def test_a_page_is_read_in_what_it_is_and_not_in_what_it_says() -> None:
    lying = '<meta charset="utf-8"><table><tr><td>内科</td></tr></table>'.encode("gbk")
    assert read_book(lying).sheets[0].rows == (("内科",),)
    unheard = '<meta charset="klingon"><table><tr><td>内科</td></tr></table>'.encode()
    assert read_book(unheard).sheets[0].rows == (("内科",),)
    wide = "<html><table><tr><td>内科</td></tr></table></html>".encode("utf-16")
    assert read_book(wide).sheets[0].rows == (("内科",),)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("<html><p>内科</p></html>", "without a table"),
        (
            "<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>",
            "tables inside tables",
        ),
        ("<table><tr><td>1</td></tr>", "a table has no end"),
    ],
)
def test_a_page_that_is_no_plain_table_is_refused(content: str, wanted: str) -> None:
    with pytest.raises(UnreadableError, match=wanted):
        read_book(content.encode())
