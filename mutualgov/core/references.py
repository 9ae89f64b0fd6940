"""References that people read out, type and write on envelopes."""

import secrets

# Crockford's base 32: no I, L, O or U, so that nothing is misread and no word is spelt.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference(prefix: str, *, length: int = 6) -> str:
    """A fresh random reference such as ``EL-7K3QXM``: says what kind of thing it is, nothing of order or time."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(length))}"


def tidy_reference(text: str) -> str:
    """A reference as a person typed it, put right: case, spaces, and the letters Crockford leaves out.

    >>> tidy_reference(" el-7k3qxo")
    'EL-7K3QX0'
    """
    prefix, _, rest = text.strip().upper().replace(" ", "").partition("-")
    return f"{prefix}-{rest.translate(str.maketrans('ILO', '110'))}"
