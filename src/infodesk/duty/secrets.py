"""Whether a text looks like a password. No logbook keeps one, nor the hash of one.

Refused: a word for password followed (by a colon, an equals sign, 是, 为, 改为 and the like) by something that is
typed like a password: a digit and a letter or sign together, mixed cases, or at least four digits; a token like
`P@ssw0rd1` with capitals, small letters, digits and one of !@^$; the beginning of a password hash as systems write it.
Not refused: that a password was changed, when, by whom; its rules (at least 8 characters); days.
"""

import re
import unicodedata

_WORD = r"(?:密码|口令|密钥|password|passwd|passphrase|passcode|pwd|secret)"
_LINK = r"\s*(?:已|都|均|统一)?\s*(?:改为|改成|设为|设成|重置为|修改为|变更为|是|为|[:=]|\bis\b|\bto\b)+\s*"
_AFTER = re.compile(rf"{_WORD}{_LINK}[\"']?(?P<token>[!-~]{{4,}})", re.IGNORECASE)
_DAY_OR_NUMBER = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([T ]?\d{1,2}:\d\d)?[.,;]?|[A-Z]{1,8}-\d{8}-\d{3,}"
)
_MIXED = re.compile(
    r"(?<![\w@.])(?=[!-~]{8,32}(?:[\s,;.]|$))(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)(?=\S*[!@^$])\S+"
)
# E-mail, a path, and a question of a device (`ups_load@UPS-1=41`) have such signs too.
_ADDRESS = re.compile(
    r"\S+@[\w-]+(\.[\w-]+)+\S*|\w+://\S+|\S*[\\/]\S*|\W?[a-z_]{3,}@[A-Z][A-Z0-9-]+(=\S*)?"
)
_HASH = re.compile(
    r"\$2[abxy]?\$\d\d\$|\$[156y]\$\S{8,}|\{S?SHA\d*\}|\$argon2|pbkdf2_", re.IGNORECASE
)


def looks_like_password(text: str) -> bool:
    """Whether a text holds something that may be a password or the hash of one."""
    plain = unicodedata.normalize("NFKC", text)
    if _HASH.search(plain):
        return True
    if any(_is_typed_like_one(found["token"]) for found in _AFTER.finditer(plain)):
        return True
    return any(not _ADDRESS.fullmatch(found[0]) for found in _MIXED.finditer(plain))


def _is_typed_like_one(token: str) -> bool:
    if _DAY_OR_NUMBER.fullmatch(token):
        return False
    token = token.rstrip(".,;)\"'")
    kinds = (
        any(c.islower() for c in token) + any(c.isupper() for c in token[1:])
        + any(c.isdigit() for c in token) + any(not c.isalnum() for c in token.strip("-_()"))
    )  # fmt: skip
    return kinds >= 2 or (token.isdigit() and len(token) >= 4)
