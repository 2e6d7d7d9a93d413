"""The last day of a certificate, from its bytes."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infodesk.duty.certificate import not_after

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize("name", ["loopback.pem", "short.pem"])
def test_it_is_what_the_standard_library_reads(name: str) -> None:
    """One ends after 2050 (GeneralizedTime), one before (UTCTime)."""
    pem = (DATA / name).read_text(encoding="ascii")
    der = ssl.PEM_cert_to_DER_cert(pem[pem.index("-----BEGIN CERT") :])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=der)
    known = str(context.get_ca_certs()[0]["notAfter"])
    wanted = datetime.fromtimestamp(ssl.cert_time_to_seconds(known), UTC)
    assert not_after(der) == wanted


@pytest.mark.parametrize("der", [b"", b"0", b"\x31\x00", b"0\x82\x01", b"\x30\x02\x31\x00"])
def test_anything_else_is_no_certificate(der: bytes) -> None:
    with pytest.raises(ValueError, match="no certificate"):
        not_after(der)
