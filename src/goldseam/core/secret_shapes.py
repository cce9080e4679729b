"""What secrets look like: tokens by their providers' prefixes, and values by the names they are given to."""

import re
from dataclasses import dataclass

_TOKENS = (
    r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])",  # Amazon
    r"gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{30,255}",
    r"gl(?:pat|dt|rt|ptt|cbt|oas|soat|ft|imt|agent)-[A-Za-z0-9_.-]{20,64}",
    r"xox[abeoprs]-[A-Za-z0-9-]{10,255}|xapp-\d-[A-Za-z0-9-]{20,255}",  # Slack
    r"(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,255}|whsec_[A-Za-z0-9+/=]{24,80}",  # Stripe
    r"sk-(?:ant|proj|svcacct|admin|or)-[A-Za-z0-9_-]{20,255}|sk-[A-Za-z0-9]{32,64}",  # model providers
    r"(?:gsk|xai|r8|nvapi|tskey|sntrys|pul|figd|glsa|rubygems)[_-][A-Za-z0-9_-]{30,255}",
    r"AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,512}|GOCSPX-[A-Za-z0-9_-]{20,40}",  # Google
    r"hf_[A-Za-z0-9]{30,64}|npm_[A-Za-z0-9]{36}|pypi-AgE[A-Za-z0-9_-]{40,512}",
    r"dckr_pat_[A-Za-z0-9_-]{20,64}|do[oprt]_v1_[0-9a-f]{64}|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
    r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}|(?:SK|AC)[0-9a-f]{32}(?![0-9a-f])",  # SendGrid, Twilio
    r"key-[0-9a-f]{32}(?![0-9a-f])|dapi[0-9a-f]{32}(?:-\d)?|hv[sbr]\.[A-Za-z0-9_-]{20,255}",
    r"lin_api_[A-Za-z0-9]{30,64}|NRAK-[A-Z0-9]{27}|sq0(?:atp|csp)-[A-Za-z0-9_-]{22,64}",
    r"AGE-SECRET-KEY-1[0-9A-Z]{58}",
    r"[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}",  # Discord
    r"eyJ[A-Za-z0-9_-]{8,2048}\.eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{16,1024}",  # JSON web tokens
)

_FOR_PASSWORDS = r"pass(?:word|wd|phrase|code)|passwort|pwd|secret"
_FOR_KEYS = (
    r"token|(?:api|access|private|signing|encryption|account|auth|session|license)[_-]?key|credentials?"
)
_CAMEL = r"Pass(?:word|wd|phrase)|Secret|Token|(?:Api|Access|Private|Account|Auth|Session)Key"
_TAIL = r"(?:[_-][A-Za-z0-9_-]{1,20})?(?:\[[^\]\s]{0,20}\])?"

_BEFORE = r"(?<![A-Za-z])"
_NAMED_PASSWORD = rf"(?:{_BEFORE}(?i:{_FOR_PASSWORDS})|(?<=[a-z])(?:{_CAMEL})){_TAIL}"
_NAMED = rf"(?:{_BEFORE}(?i:{_FOR_PASSWORDS}|{_FOR_KEYS})|(?<=[a-z])(?:{_CAMEL})){_TAIL}"
_GIVEN = r"['\"]?\]?\s{0,3}(?::\s{0,2}[A-Za-z][\w\[\] |.]{0,30}?\s{0,2}(?==))?(?:=>|:=|=|:)\s{0,3}"
_BARE = r"[A-Za-z0-9+/=_.~!@#%^&*:-]"

_PASSWORD_WORDS = ("pass", "pwd", "secret", "token", "key")
_WORDS = (*_PASSWORD_WORDS, "credential")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of secret looks like; it stands only in texts that hold one of `words`, in small letters.

    Without words nothing is known beforehand. Looking for a few words costs far less than the pattern.
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...] = ()


SHAPES = tuple(
    Shape(re.compile(pattern), tuple(words))
    for pattern, *words in (
        (rf"(?<![A-Za-z0-9_-])(?P<secret>{'|'.join(_TOKENS)})",),
        (r"(?<![0-9])(?P<secret>\d{8,10}:AA[A-Za-z0-9_-]{33})", ":aa"),  # Telegram, also behind `/bot`
        (
            r"(?P<secret>-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
            r"(?:(?!-----(?:BEGIN|END))[\s\S]){0,20000}(?:-----END [A-Z0-9 ]{0,40}-----)?)",
            "private key",
        ),
        (
            r"https://hooks\.slack\.com/(?:services|workflows|triggers)/(?P<secret>[A-Za-z0-9/_+-]{20,120})",
            "hooks.slack.com",
        ),
        (
            r"discord(?:app)?\.com/api/webhooks/(?P<secret>\d{15,20}/[A-Za-z0-9_-]{40,100})",
            "/api/webhooks/",
        ),
        (r"://[^\s:/@'\"<>{}]{0,80}:(?P<secret>[^\s/@'\"<>{}]{3,120})@[\w.\[-]", "://"),
        (
            r"(?i:authorization['\"]?\s{0,3}[:=]\s{0,3}['\"]?(?:bearer|basic|token|apikey|digest)\s{1,3})"
            r"(?P<secret>[A-Za-z0-9._~+/=-]{8,2048})",
            "authorization",
        ),
        (
            r"(?i:\bbearer\s{1,3})(?P<secret>(?=[A-Za-z._~+/=-]{0,200}\d)[A-Za-z0-9._~+/=-]{20,2048})",
            "bearer",
        ),
        (
            rf"{_NAMED_PASSWORD}{_GIVEN}[rbuRBU]{{0,2}}(?P<quote>['\"])(?P<secret>[^'\"\s]{{6,200}})(?P=quote)",
            *_PASSWORD_WORDS,
        ),
        (
            rf"{_NAMED}{_GIVEN}[rbuRBU]{{0,2}}(?P<quote>['\"])"
            r"(?P<secret>(?=[^'\"\s\d]{0,60}\d)[^'\"\s]{8,400})(?P=quote)",
            *_WORDS,
        ),
        (
            rf"{_NAMED}\s?[=:]\s{{0,3}}(?P<secret>(?=[^\s\d]{{0,60}}\d){_BARE}{{8,400}})(?=[\s,;'\"&)}}\]]|$)",
            *_WORDS,
        ),
        (
            r"(?i:(?:accountkey|sharedaccesskey|password|pwd)=)(?P<secret>[^;\s'\"{}$()]{6,200})(?=[;'\"\s]|$)",
            "key=",
            "password=",
            "pwd=",
        ),
        (
            r"(?i:--(?:password|passwd|passphrase|token|secret|api-key|access-key|auth-token)[ =])['\"]?"
            r"(?P<secret>[^\s'\"$<{\[(-][^\s'\"]{5,200})",
            "--",
        ),
    )
)

_STAND_IN = re.compile(
    r"[{<\[($%].*|.*(?:\$\{|\{\{|%\(|\().*|(.)\1*|\.{3}.*"
    r"|.*(?:example|change_?me|placeholder|redacted|secret_here).*|(?:your|the|some)[_-].*"
    r"|(?:none|null|true|false|string|str|password|passwd|secret|token|optional|required|undefined|hidden)",
    re.IGNORECASE | re.DOTALL,
)


def is_stand_in(value: str) -> bool:
    """Whether a value only shows where a secret would stand: `${TOKEN}`, `<password>`, `********`."""
    return _STAND_IN.fullmatch(value[:400]) is not None
