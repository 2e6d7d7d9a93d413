"""Whether a text looks like a password. No logbook keeps one, nor the hash of one.

Refused:

* a word for password, a link (a colon, an equals sign, 是, 为, 改为 and the like) and something typed like a password: a
  digit and a letter or sign together, mixed cases, four digits and more; behind a colon also a single plain word;
* the same without a link (密码Abc12345, 初始密码123456), if it has six characters or more;
* a user name and such a thing behind it (`root/Abc@12345`), a token like `P@ssw0rd1` with capitals, small letters,
  digits and one of !@^$;
* the beginning of a password hash, a private key or an access token as systems write them.

Not refused: that a password was changed, when, by whom; its rules (at least 8 characters); days, numbers of entries.
"""

import re
import unicodedata

_WORD = r"(?:密\s*[码碼]|口\s*令|密\s*钥|password|passwd|passphrase|passcode|passwort|pwd|secret|mima|pin\s?(?:码|code)|\bpin\b)"
_THING = r"(?:\bpass\b|\b(?:api|access|secret)[ _-]?key\b|\btoken\b)"  # of many things: letters and digits alone tell
_LINK = (
    r"\s*(?:已经|已|都|均|统一|暂时|临时|现在|现|重新|就|仍|还)*\s*"
    r"(?:(?:改|设|换|重置|修改|更改|更换|变更|设置|设定)(?:为|成)了?|是|为|[:=]|\bis\b|\bto\b)+\s*"
)
_QUOTE = r"[\"'`“”‘’「『【\[(<]*"
_AFTER = re.compile(
    rf"(?:{_WORD}|(?P<thing>{_THING})){_LINK}{_QUOTE}(?P<token>[!-~]{{4,}})", re.IGNORECASE
)
_BEHIND = re.compile(
    rf"(?P<done>重置|更换|修改|更改|变更|忘记|找回|解锁|reset|change)?\s*(?:密\s*[码碼]|口\s*令|password|passwd|pwd)"
    rf"\s*{_QUOTE}(?P<token>[!-~]{{6,}})",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"{_WORD}\s*[:=]\s*{_QUOTE}(?P<token>[a-z]{{4,}})(?=[^\sa-z-]|\s*$|\s+[^\sa-z])", re.IGNORECASE
)
_HARMLESS = frozenset(
    [
        "changed",
        "reset",
        "expired",
        "none",
        "null",
        "unknown",
        "valid",
        "invalid",
        "done",
        "required",
        "policy",
        "missing",
        "empty",
        "blank",
        "locked",
        "unlocked",
        "updated",
        "wrong",
        "incorrect",
        "forgotten",
        "secret",
        "hidden",
        "masked",
        "removed",
        "disabled",
        "enabled",
        "passed",
        "failed",
        "never",
        "today",
    ]
)
_USER = re.compile(
    r"\b(?P<user>root|admin|administrator|sa|postgres|mysql)\s*[/:]\s*(?P<token>[!-~]{4,})",
    re.IGNORECASE,
)
_DAY_OR_NUMBER = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([T ]?\d{1,2}:\d\d)?[.,;]?|[A-Z]{1,8}-\d{8}-\d{3,}\S*|0x[0-9a-f]+", re.IGNORECASE
)  # fmt: skip
_ACCOUNT = re.compile(r"[A-Za-z]{0,2}\d+")
_MIXED = re.compile(
    r"(?<![\w@.])(?=[!-~]{8,32}(?:[\s,;.]|$))(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)(?=\S*[!@^$])\S+"
)
# E-mail, a path, and a question of a device (`ups_load@UPS-1=41`) have such signs too.
_ADDRESS = re.compile(
    r"\S+@[\w-]+(\.[\w-]+)+\S*|\w+://\S+|(?:[\\/.~]|[A-Za-z]:)\S*|\S*[\\/]\S*[\\/]\S*|\W?[a-z_]{3,}@[A-Z][A-Z0-9-]+(=\S*)?"
)
_KEPT_BY_SYSTEMS = re.compile(
    r"\$2[abxy]?\$\d\d\$|\$[156y]\$\S{8,}|\{S?SHA\d*\}|\$argon2|pbkdf2_|-----BEGIN [A-Z ]*PRIVATE KEY|"
    r"\bgh[pousr]_\w{20,}|\bsk-\w{16,}|\bAKIA[0-9A-Z]{16}\b|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}",
    re.IGNORECASE,
)
_DIGEST = re.compile(r"\b(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\b", re.IGNORECASE)
_SPEAKS_OF_ONE = re.compile(_WORD, re.IGNORECASE)


def looks_like_password(text: str) -> bool:
    """Whether a text holds something that may be a password or the hash of one."""
    plain = unicodedata.normalize("NFKC", text)
    if _KEPT_BY_SYSTEMS.search(plain):
        return True
    if _DIGEST.search(plain) and _SPEAKS_OF_ONE.search(plain):
        return True
    return _is_told(plain) or any(
        not _ADDRESS.fullmatch(found[0]) for found in _MIXED.finditer(plain)
    )


def _is_told(plain: str) -> bool:
    """Whether a password stands behind a word for one, or behind the name of a user."""
    for found in _AFTER.finditer(plain):
        if _is_typed_like_one(found["token"], has_both=found["thing"] is not None):
            return True
    for found in _BEHIND.finditer(plain):
        token = found["token"]
        is_account = found["done"] is not None and _ACCOUNT.fullmatch(token)
        if not is_account and _is_typed_like_one(token, least=6):
            return True
    if any(found["token"].lower() not in _HARMLESS for found in _PLAIN.finditer(plain)):
        return True
    return any(
        found["token"].lower() == found["user"].lower()
        or _is_typed_like_one(found["token"], has_both=True, least=6)
        for found in _USER.finditer(plain)
    )


def _is_typed_like_one(token: str, *, has_both: bool = False, least: int = 4) -> bool:
    """Whether it is no word, number of an entry or day; `has_both`: only if it has a letter and a digit."""
    if _DAY_OR_NUMBER.fullmatch(token):
        return False
    token = token.rstrip(".,;:)\"'`]>")
    if len(token) < least:
        return False
    has_letter, has_digit = any(c.isalpha() for c in token), any(c.isdigit() for c in token)
    kinds = (
        any(c.islower() for c in token) + any(c.isupper() for c in token[1:])
        + has_digit + any(not c.isalnum() for c in token.strip("-_()"))
    )  # fmt: skip
    if has_both:
        return has_letter and has_digit
    return kinds >= 2 or (token.isdigit() and len(token) >= 4)
