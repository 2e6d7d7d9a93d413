"""When a certificate expires, read out of its DER (X.509, RFC 5280 §4.1): the chain need not be trusted for that."""

from datetime import UTC, datetime

_SEQUENCE, _VERSION, _UTC_TIME = 0x30, 0xA0, 0x17


def not_after(der: bytes) -> datetime:
    """The last moment of a certificate. ValueError if it is none."""
    try:
        certificate, _ = _inside(der, _SEQUENCE)
        rest, _ = _inside(certificate, _SEQUENCE)
        if rest[0] == _VERSION:
            rest = _after(rest)
        for _part in ("serial number", "signature", "issuer"):
            rest = _after(rest)
        validity, _ = _inside(rest, _SEQUENCE)
        return _moment(_after(validity))
    except IndexError:
        raise ValueError("no certificate") from None


def _header(data: bytes) -> tuple[int, int]:
    """Where the content of the first element begins, and where it ends."""
    length, start = data[1], 2
    if length & 0x80:
        size = length & 0x7F
        length, start = int.from_bytes(data[2 : 2 + size]), 2 + size
    return start, start + length


def _inside(data: bytes, tag: int) -> tuple[bytes, bytes]:
    if data[0] != tag:
        raise ValueError("no certificate")
    start, end = _header(data)
    return data[start:end], data[end:]


def _after(data: bytes) -> bytes:
    return data[_header(data)[1] :]


def _moment(data: bytes) -> datetime:
    start, end = _header(data)
    text = data[start:end].decode("ascii")
    if data[0] == _UTC_TIME:
        century = "20" if int(text[:2]) < 50 else "19"
        text = century + text
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
