"""What is usual in the demo hospital, where the definition alone does not tell. All of it is invented.

`@-30` is a moment so many minutes from the entry's own; `19..21` a whole number between the two.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from random import Random

from infodesk.duty.judge import Draft
from infodesk.model.item import Type

USUAL: Mapping[str, Mapping[str, str]] = {
    "room_inspection": {
        "cameras_online": "16",
        "cameras_total": "16",
        "w10_media_counted": "24",
        "w10_media_registered": "24",
    },
    "room_access": {
        "approved_by": "P05",
        "escort": "P01",
        "kind": "contractor",
        "tools_declared": "true",
    },
    "backup_log": {
        "backup_level": "full",
        "verified": "checksum",
        "sha256": "示例校验值",
        "size_bytes": "20800000000..21900000000",
        "started_at": "@-38",
        "ended_at": "@0",
        "files": "4100..4300",
    },
    "backup_plan": {
        "keep_days": "10950",
        "is_offsite": "true",
        "set": "daily",
        "rpo_hours": "30",
        "rto_minutes": "120",
    },
    "restore_test": {
        "environment": "virtual",
        "failure_at": "@-180",
        "recovered_to": "@-210",
        "began_at": "@-150",
        "usable_at": "@-60",
        "rto_minutes": "120",
        "rpo_minutes": "1440",
        "size_bytes": "20800000000..21900000000",
        "tables_compared": "PATIENT 1 = 1\nVISIT 2 = 2\nORDERS 3 = 3\nCHARGE 4 = 4\nDRUG 5 = 5",
        "tester": "P02",
        "witness": "P01",
    },
    "av_update": {
        "endpoints": "412",
        "protected": "409..411",
        "online": "380..400",
        "updated": "398..408",
        "detected": "0",
        "scanned": "390..400",
        "released": "6",
        "applied": "6",
        "deferred": "0",
    },
    "room_cleaning": {
        "areas": "floor\ncabinet_tops\nunder_floor\nfilters\ndesks",
        "start": "16:40",
        "end": "17:20",
    },
    "training_record": {
        "planned": "3",
        "attended": "示例甲\n示例乙\n示例丙",
        "examined": "3",
        "passed": "3",
    },
    "supplies_stock": {
        "kind": "purchase",
        "item": "TONER-A",
        "quantity": "10..20",
        "unit_price": "86.00",
    },
    "handover": {
        "events": "示例：无异常",
        "keys": "示例：机房钥匙2把、值班手机1部",
        "on_call": "P02",
    },
}


def usual(draft: Draft, random: Random) -> Iterator[tuple[str, str]]:
    """The usual answers of a draft: those its logbook still has and asks now."""
    for name, text in USUAL.get(draft.book.id, {}).items():
        field = draft.book.field_by_id.get(name)
        is_asked = draft.move is None or name in draft.move.asks
        if (
            field is None
            or not is_asked
            or (draft.move is None and name in draft.book.lifecycle.asked_by_moves)
        ):
            continue
        yield name, _drawn(draft, text, random, is_moment=field.type is Type.MOMENT)


def _drawn(draft: Draft, text: str, random: Random, *, is_moment: bool) -> str:
    if is_moment:
        return f"{draft.occurred_at + timedelta(minutes=int(text[1:])):%Y-%m-%dT%H:%M}"
    low, dots, high = text.partition("..")
    return str(random.randint(int(low), int(high))) if dots else text
