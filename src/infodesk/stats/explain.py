"""What is said of a finding: an explanation, an approval. Errors are corrected, not explained."""

from infodesk.errors import InfodeskError
from infodesk.model.finding import Finding, State
from infodesk.model.rule import Severity
from infodesk.stats.check import Checked, numbers_of
from infodesk.stats.desk import Desk
from infodesk.store.findings import Said, say
from infodesk.text.message import Message


def explain(desk: Desk, checked: Checked, number: int, words: str) -> Finding:
    """Explain a finding in a few words; they hold as long as its numbers stay."""
    finding = find(checked, number)
    if finding.severity is Severity.ERROR:
        raise InfodeskError(
            Message("finding {n} is an error: it must be corrected", n=number),
            Message("have the right numbers sent and collect them"),
        )
    least = desk.definitions.settings.explanation_length
    if len(words.strip()) < least:
        raise InfodeskError(Message("an explanation has {n} characters at least", n=least))
    say(desk.store, desk.actor, number, Said(State.EXPLAINED, words.strip(), numbers_of(finding)))
    return finding


def approve(desk: Desk, checked: Checked, number: int) -> Finding:
    """Approve the explanation of a flagged finding."""
    finding = find(checked, number)
    if finding.severity is not Severity.FLAGGED or finding.state is not State.EXPLAINED:
        raise InfodeskError(
            Message("finding {n} waits for no approval", n=number),
            Message("only a flagged finding that is explained can be approved"),
        )
    said = Said(State.APPROVED, finding.words, numbers_of(finding))
    say(desk.store, desk.actor, number, said)
    return finding


def find(checked: Checked, number: int) -> Finding:
    """The finding of a number. InfodeskError if the period has none now."""
    for finding in checked.findings:
        if finding.number == number:
            return finding
    raise InfodeskError(
        Message("{period} has no finding {n} now", period=checked.period, n=number),
        Message("infodesk stats validate lists them with their numbers"),
    )
