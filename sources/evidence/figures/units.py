"""What figures are measured in, as tables: currencies, shares, measures and times."""

from __future__ import annotations

from sources.text.words import read_word_lists

_LISTS = read_word_lists("sources.evidence.figures", "units.txt")


def words(section: str) -> frozenset[str]:
    """Return the words of a section of the list."""
    return frozenset(_LISTS[section].split())


def _by_form(section: str, separator: str | None = None) -> dict[str, str]:
    """Return what each form in a section of rows ``unit = form form`` stands for."""
    rows = (line.partition(" = ") for line in _LISTS[section].splitlines())
    return {form.strip(): unit for unit, _, forms in rows for form in forms.split(separator)}


# fmt: off
SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "NT$": "TWD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR",
    "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₫": "VND", "₴": "UAH", "₱": "PHP", "₦": "NGN",
    "฿": "THB", "CN¥": "CNY", "RMB¥": "CNY",
}
# fmt: on
CODES = words("codes")
CURRENCY_NAMES = _by_form("currencies")
CURRENCY_OF_PEOPLE = _by_form("peoples", ";")
MONEY = CODES | frozenset(CURRENCY_NAMES.values()) | frozenset(CURRENCY_OF_PEOPLE.values())
AMBIGUOUS_NAMES = words("ambiguous-currencies")
SHORT_NAMES = {"Rs": "INR", "RS": "INR", "Re": "INR", "kr": "SEK", "Kr": "SEK", "R": "ZAR"}
SMALL_CHANGE = {"cent": "USD", "pence": "GBP", "penny": "GBP", "pennie": "GBP"}
PERCENT_WORDS = frozenset({"percent", "pct", "prozent", "procent", "%"})
PERCENT_PHRASES = ("per cent", "pour cent", "por ciento", "per cento", "por cento")
POINT_PHRASES = {"percentage point": 1.0, "basis point": 0.01}
POINT_LETTERS = {"bp": 0.01, "bps": 0.01, "pp": 1.0, "ppt": 1.0}

_FORMS = _by_form("measures")
_FORMS["mph"] = "miles per hour"
_FORMS |= dict.fromkeys(("kph", "kmh"), "kilometres per hour")
MEASURES = _FORMS | {
    f"{form}s": unit for form, unit in _FORMS.items() if len(form) > 3 or form in {"lb", "ton"}
}
# The factor and the unit that a trade unit stands for: a million tonnes for "MMT".
MANY_MEASURES = {
    form: (float(factor), unit)
    for form, row in _by_form("many-measures").items()
    for factor, _, unit in [row.partition(" ")]
}
MEASURE_UNITS = frozenset(MEASURES.values())
TIMES = {
    "second": "seconds", "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks",
    "fortnight": "fortnights", "month": "months", "quarter": "quarters", "year": "years",
    "decade": "decades", "century": "centuries", "centurie": "centuries",
}  # fmt: skip
DURATIONS = frozenset(TIMES.values())

JOINED_NOUNS = words("joined-nouns")
IRREGULAR = {"person": "people", "man": "men", "story": "stories", "country": "countries",
             "strong": "people", "child": "children", "woman": "women",
             "policeman": "policemen", "fisherman": "fishermen", "gunman": "gunmen", "fireman": "firemen",
             "schoolchild": "schoolchildren"}  # fmt: skip
PLURALS = words("plurals")
NOT_COUNTED, SINGLES = words("not-counted"), words("singles")
COMMON = words("common") | DURATIONS | MEASURE_UNITS
METRES_AFTER, FATES, HARMS = words("metres-after"), words("fates"), words("harms")
VERBS, VERBS_AND_NOUNS, LINKS = words("verbs"), words("verbs-and-nouns"), words("links")


def is_plural(small: str) -> bool:
    """Tell whether a word in small letters is a plural."""
    return small in PLURALS or (
        len(small) > 3
        and small[-1] == "s"
        and not small.endswith(
            ("ss", "us", "sis", "itis", "nnis", "vis", "ris", "lis", "his", "'s", "’s", "s'", "s’")
        )
    )
