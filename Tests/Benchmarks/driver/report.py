"""JSON lines for machines, a table for people."""

import json
import statistics
import sys


class Report:
    """Collects one suite's rows; every comparison in it was measured in the same run."""

    def __init__(self, suite, path=None):
        self.suite = suite
        self.rows = []
        self.file = open(path, "a", encoding="utf-8") if path else None

    def add(self, **row):
        row = {"suite": self.suite, **row}
        self.rows.append(row)
        line = json.dumps(row)
        print(line, flush=True)
        if self.file:
            print(line, file=self.file, flush=True)

    def table(self, columns):
        """Prints the rows under the named columns, right-aligned where they are numbers."""
        cells = [[show(row.get(column)) for column in columns] for row in self.rows]
        widths = [max(len(column), *(len(line[i]) for line in cells)) for i, column in enumerate(columns)]
        print(file=sys.stderr)
        for line in [columns, ["-" * width for width in widths], *cells]:
            print("  ".join(cell.rjust(width) for cell, width in zip(line, widths)), file=sys.stderr)


def show(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def median(values):
    return statistics.median(values)


def progress(text):
    print(f"… {text}", file=sys.stderr, flush=True)
