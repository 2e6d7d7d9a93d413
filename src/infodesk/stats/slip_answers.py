"""A query slip that came back: corrections become answers, explanations are kept, contradictions refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from infodesk.errors import InfodeskError
from infodesk.model.definitions import Definitions
from infodesk.model.item import Item
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.submission import Given, Part, Remark, Row, Stored, Submission
from infodesk.stats.check import Checked, check, numbered, numbers_of
from infodesk.stats.desk import Desk
from infodesk.stats.explain import explain
from infodesk.store.returns import Return, returns
from infodesk.store.submissions import notes_of, remarks_of, rows_of
from infodesk.text.message import Message
from infodesk.workbooks.answer import read_answer
from infodesk.workbooks.marking.slip import AnswerKey
from infodesk.workbooks.slip_reader import ReadSlip, SlipAnswer


@dataclass(frozen=True)
class Answered:
    """What became of the answer to one finding."""

    finding: int
    result: Literal["corrected", "explained", "refused"]
    reason: Message | None = None


@dataclass
class SlipAnswers:
    """What a slip says: right values, words to keep, and the answers that cannot be taken."""

    slip: ReadSlip
    made: Return
    own: frozenset[Part]  # what its sender has given
    right: dict[AnswerKey, Stored] = field(default_factory=dict)
    corrected: dict[AnswerKey, set[int]] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    notes: dict[AnswerKey, str] = field(default_factory=dict)
    refused: dict[int, Message] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything on it."""
        return not (self.corrected or self.words or self.refused)


def slip_answers(
    desk: Desk, slip: ReadSlip, period: Period, sender: str, known: Mapping[Part, Submission]
) -> SlipAnswers:
    """Read the answers of a slip; what is ambiguous or contradictory is refused, finding by finding."""
    made = next((each for each in returns(desk.store, period) if each.id == slip.number), None)
    if made is None or made.sender != sender:
        raise InfodeskError(
            Message("its query slip was never sent to {sender} for {period}", sender=sender, period=period),
            Message("send the slip back in the workbook it came in"),
        )  # fmt: skip
    own = frozenset(part for part, given in known.items() if given.sender == sender)
    answers = SlipAnswers(slip, made, own)
    for line in slip.lines:
        if line.finding is None:
            _take_right(desk.definitions, answers, line)
    for number in slip.findings():
        _read_finding(desk.definitions, answers, number)
    return answers


def _read_finding(definitions: Definitions, answers: SlipAnswers, number: int) -> None:
    slip, made = answers.slip, answers.made
    reason, words = slip.reasons.get(number, ""), slip.words.get(number, "")
    lines = [line for line in slip.lines if line.finding == number and line.right is not None]
    if not (lines or reason or words):
        return
    if number not in made.findings:
        answers.refused[number] = Message("this sender was not asked about it")
    elif lines and reason:
        answers.refused[number] = Message("corrected and declared true at once: which of the two?")
    elif lines:
        for line in lines:
            _take_right(definitions, answers, line)
            if line.key is not None and words:
                answers.notes[line.key] = words
    else:
        answers.words[number] = _together(reason, words)


def _together(reason: str, words: str) -> str:
    """A reason from the list and free words as one explanation."""
    sign = ": " if reason.isascii() else "："
    return sign.join(filter(None, (reason, words)))


def _take_right(definitions: Definitions, answers: SlipAnswers, line: SlipAnswer) -> None:
    """The right value of a line, unless it is none, or differs from that of another line."""
    key, place = line.key, line.right
    item = None if key is None else _own_item(definitions, answers, key)
    if key is None or item is None or place is None:
        _refuse(answers, line, Message("correct it in its own cell"))
        return
    read = read_answer(item, answers.slip.sheet, place)
    raw = answers.slip.sheet.text(*place)
    if read.value is None:
        _refuse(answers, line, Message("{raw} is no right value for {item}", raw=repr(raw), item=item.label))  # fmt: skip
    elif line.finding is not None and raw == line.was:
        _refuse(answers, line, Message("{item}: the correction repeats the value", item=item.label))
    elif key in answers.corrected and answers.right[key] != read.value:
        _refuse(answers, line, Message("{item}: two different corrections", item=item.label))
    else:
        answers.right[key] = read.value
        if line.finding is not None:
            answers.corrected.setdefault(key, set()).add(line.finding)


def _own_item(definitions: Definitions, answers: SlipAnswers, key: AnswerKey) -> Item | None:
    """The item of a key, if it stands in a part that the slip's sender has given."""
    form = definitions.form_by_id.get(key.form)
    for section in () if form is None else form.sections:
        if key.item in section.by_id and Part(key.form, section.id, key.unit) in answers.own:
            return section.by_id[key.item]
    return None


def _refuse(answers: SlipAnswers, line: SlipAnswer, why: Message) -> None:
    """Refuse the answer to a finding, and every other correction of the same cell."""
    if line.finding is None:
        return
    others = set() if line.key is None else answers.corrected.pop(line.key, set())
    for number in {line.finding, *others}:
        answers.refused[number] = why
    if others and line.key is not None:
        answers.right.pop(line.key, None)


def with_corrections(
    desk: Desk, answers: SlipAnswers, givens: tuple[Given, ...], known: Mapping[Part, Submission]
) -> tuple[Given, ...]:
    """The parts of a workbook with the right values in them; of a slip that came alone, those in the store."""
    found = {given.part: given for given in givens}
    for key, value in list(answers.right.items()):
        form = desk.definitions.form_by_id[key.form]
        part = Part(form.id, form.section_of(key.item).id, key.unit)
        given = found.get(part) or _again(desk, known.get(part))
        rows = () if given is None else given.rows
        if given is None or all(row.row != key.row for row in rows):
            _drop(answers, key, Message("correct it in its own cell"))
            continue
        if _is_corrected_otherwise(desk, answers, given, key, known.get(part)):
            label = form.by_id[key.item].label
            why = Message("{item}: the slip and the cell say different things", item=label)
            _drop(answers, key, why)
            continue
        found[part] = _corrected(given, key, value, answers.notes.get(key))
    return tuple(found.values())


def _drop(answers: SlipAnswers, key: AnswerKey, why: Message) -> None:
    """Refuse the findings that a correction answers."""
    for number in answers.corrected.pop(key, set()):
        answers.refused[number] = why


def _again(desk: Desk, before: Submission | None) -> Given | None:
    """A part as it was given before."""
    if before is None:
        return None
    form = desk.definitions.form_by_id[before.part.form]
    return Given(
        before.part,
        before.period,
        rows_of(desk.store, before, form),
        tuple(remarks_of(desk.store, before)),
        before.nil,
        notes_of(desk.store, before),
    )


def _is_corrected_otherwise(
    desk: Desk, answers: SlipAnswers, given: Given, key: AnswerKey, before: Submission | None
) -> bool:
    """Whether somebody changed the cell itself too, to something else."""
    if before is None or any(ln.finding is None and ln.key == key for ln in answers.slip.lines):
        return False
    form = desk.definitions.form_by_id[key.form]
    old = {row.row: row.values.get(key.item) for row in rows_of(desk.store, before, form)}
    new = {row.row: row.values.get(key.item) for row in given.rows}
    return new.get(key.row) not in (old.get(key.row), answers.right[key])


def _corrected(given: Given, key: AnswerKey, value: Stored, note: str | None) -> Given:
    rows = tuple(_with_value(row, key, value) for row in given.rows)
    remarks = [r for r in given.remarks if (r.row, r.item) != (key.row, key.item)]
    cell = next((row.cells.get(key.item, "") for row in rows if row.row == key.row), "")
    remarks.append(
        Remark(
            "GEN-010", Severity.INFO, *given.part, row=key.row, item=key.item, cell=cell, detail="slip"
        )
    )  # fmt: skip
    notes = dict(given.notes) | ({key.item: note} if note else {})
    return replace(given, rows=rows, remarks=tuple(remarks), notes=notes)


def _with_value(row: Row, key: AnswerKey, value: Stored) -> Row:
    return replace(row, values=dict(row.values) | {key.item: value}) if row.row == key.row else row


def settle_answers(desk: Desk, period: Period, answers: SlipAnswers) -> tuple[Answered, ...]:
    """Keep the words, and say what became of every answer; inside `store.writing()`."""
    return tuple(sorted(_kept(desk, period, answers), key=lambda each: each.finding))


def _kept(desk: Desk, period: Period, answers: SlipAnswers) -> Iterator[Answered]:
    for number in {n for numbers in answers.corrected.values() for n in numbers}:
        if number not in answers.refused:
            yield Answered(number, "corrected")
    for number, why in answers.refused.items():
        yield Answered(number, "refused", why)
    if answers.words:
        yield from _explained(desk, numbered(desk, check(desk, period)), answers)


def _explained(desk: Desk, checked: Checked, answers: SlipAnswers) -> Iterator[Answered]:
    """Words are taken as `stats explain` takes them, if the finding is still the one that was asked about."""
    asked = answers.made.findings
    found = {finding.number: finding for finding in checked.findings}
    for number, words in answers.words.items():
        finding = found.get(number)
        if finding is None:  # its numbers were corrected in the cells
            yield Answered(number, "corrected")
        elif numbers_of(finding) != asked[number]:
            why = Message("its numbers have changed since it was asked")
            yield Answered(number, "refused", why)
        else:
            yield _explain(desk, checked, number, words)


def _explain(desk: Desk, checked: Checked, number: int, words: str) -> Answered:
    try:
        explain(desk, checked, number, words)
    except InfodeskError as error:
        return Answered(number, "refused", error.message)
    return Answered(number, "explained")
