"""Whole pence, written as people write money."""


def pounds(pence: int) -> str:
    """Whole pence as text.

    >>> pounds(100), pounds(123456), pounds(-5)
    ('£1.00', '£1,234.56', '-£0.05')
    """
    sign = "-" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{rest:02}"
