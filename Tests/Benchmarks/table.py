"""Plain tables: the first column to the left, figures to the right."""


def print_table(heading: list[str], rows: list[list[str]]) -> None:
    """Prints the rows under their heading, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(heading, *rows)]
    for row in (heading, *rows):
        first, *figures = (
            cell.rjust(width) if index else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths)))
        print(first, *figures, sep="   ")
