"""Plain Python that every room may use: rulings and refusals, dates, money, references, the clock."""
