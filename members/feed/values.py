"""Reading the cells of a staff file. What cannot be read raises ValueError with a sentence for a person."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_SERIALS = range(3_000, 80_000)  # 1908 to 2119
YEARS = range(1900, 2200)
END_OF_TIME = 4712  # the year payroll systems write where they mean never
LATEST_SHORT_YEAR = 40  # 41 to 99 are of the last century
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?Z?")
UK = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]([A-Za-z]{3,9})[-/., ]+(\d{2}|\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")


def read_date(text: str) -> date | None:
    """A date in any way payroll writes one; None where the cell is empty or means never.

    2026-03-04, 2026-03-04 00:00:00, 04/03/2026, 4.3.26, 04-MAR-2026, 4 March 2026, and Excel's count of days.

    >>> read_date("04-MAR-2026"), read_date("46085"), read_date("31/12/4712")
    (datetime.date(2026, 3, 4), datetime.date(2026, 3, 4), None)
    """
    text = " ".join(text.split())
    if not text or text in {"-", "N/A", "n/a", "None", "NULL"}:
        return None
    if re.fullmatch(r"\d{4,5}(\.\d+)?", text) and int(text.partition(".")[0]) in EXCEL_SERIALS:
        return EXCEL_DAY_ZERO + timedelta(days=int(text.partition(".")[0]))
    if found := ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := UK.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), _whole_year(found[3])
    elif (found := WORDS.fullmatch(text)) and found[2][:3].lower() in MONTHS:
        day, month, year = int(found[1]), MONTHS.index(found[2][:3].lower()) + 1, _whole_year(found[3])
    else:
        raise ValueError(f"“{text}” is not a date. Write it as 31/03/2026 or 2026-03-31.")
    if year >= END_OF_TIME:
        return None
    if year not in YEARS:
        raise ValueError(f"“{text}” is in the year {year}, which cannot be right.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{text}” is no day of the calendar, read as day, month and year.") from None


def _whole_year(text: str) -> int:
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year <= LATEST_SHORT_YEAR else 1900)
    return year


def read_fte(text: str) -> int:
    """Full-time equivalent in thousandths; 1 where the cell is empty.

    >>> read_fte("0.8"), read_fte("80%"), read_fte("")
    (800, 800, 1000)
    """
    plain = text.replace(" ", "").replace(",", ".")
    if not plain:
        return 1000
    try:
        value = Decimal(plain[:-1]) / 100 if plain.endswith("%") else Decimal(plain)
        if not 0 <= value <= 10:
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError(f"“{text}” is not a full-time equivalent. Write it as 0.8.") from None
    return int(value * 1000)


def read_yes(text: str) -> bool:
    return text.strip().casefold() in {"y", "yes", "true", "1", "primary", "x"}


INSURANCE = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?")


def read_insurance_number(text: str) -> str:
    """A National Insurance number in one spelling; empty where it is missing or temporary: neither tells who it is.

    >>> read_insurance_number("qq 12 34 56 c"), read_insurance_number("ab123456c"), read_insurance_number("TN010180M")
    ('', 'AB123456', '')
    """
    plain = re.sub(r"[\s.-]", "", text).upper()
    return plain[:8] if INSURANCE.fullmatch(plain) else ""


def same_name(text: str) -> str:
    """A name for comparing only: capitals, accents, apostrophes of any kind, hyphens and spaces do not count.

    >>> same_name("O’BRIEN") == same_name("o'Brien"), same_name("Núñez") == same_name("NUNEZ")
    (True, True)
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def same_number(text: str) -> str:
    """An employee number for comparing only: spreadsheets drop leading noughts."""
    return text.strip().lstrip("0").casefold()


def same_postcode(text: str) -> str:
    return "".join(text.split()).upper()


EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")


def read_email(text: str) -> str:
    """An e-mail address in small letters; empty where the cell holds none."""
    plain = text.strip().strip("<>").casefold()
    if not plain:
        return ""
    if not EMAIL.fullmatch(plain) or len(plain) > 254:
        raise ValueError(f"“{text}” is not an e-mail address.")
    return plain


def key_of(text: str) -> str:
    """Words as a key of a constitution: ``Nursing and Midwifery Registered`` → ``nursing_and_midwifery_registered``."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    return re.sub(r"[^a-z0-9]+", "_", letters.encode("ascii", "ignore").decode()).strip("_")
