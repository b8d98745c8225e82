"""Plain tables: the first column to the left, figures to the right."""

import math


def print_table(heading: list[str], rows: list[list[str]]) -> None:
    """Prints the rows under their heading, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(heading, *rows)]
    for row in (heading, *rows):
        first, *figures = (
            cell.rjust(width) if index else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths)))
        print(first, *figures, sep="   ")


def percentile(ascending: list[float], percent: int) -> float:
    """The value that so many percent of the values do not exceed."""
    return ascending[math.ceil(len(ascending) * percent / 100) - 1]
