"""What a benchmark has to say: figures, the floors they are compared with, and whether the goals are met."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """A limit for a figure, or for its ratio to the floor when it has one."""

    limit: float
    at_most: bool

    def met_by(self, value: float) -> bool:
        """Tell whether the value keeps the limit."""
        return value <= self.limit if self.at_most else value >= self.limit


def at_most(limit: float) -> Goal:
    """The less, the better."""
    return Goal(limit, at_most=True)


def at_least(limit: float) -> Goal:
    """The more, the better."""
    return Goal(limit, at_most=False)


@dataclass(frozen=True)
class Figure:
    """One measured value. With a floor, the goal is about the ratio; without, about the value; without a goal, it informs."""

    name: str
    value: float
    unit: str
    goal: Goal | None = None
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return None if self.floor is None else self.value / self.floor

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        if self.goal is None:
            return None
        return self.goal.met_by(self.value if self.ratio is None else self.ratio)


def table(figures: Sequence[Figure]) -> str:
    """Lay the figures out in columns."""
    rows = [("figure", "value", "floor", "ratio", "goal", "")]
    rows += [_row(figure) for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _row(figure: Figure) -> tuple[str, str, str, str, str, str]:
    floor = "" if figure.floor is None else f"{_number(figure.floor)} {figure.unit}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    goal = ""
    if figure.goal is not None:
        unit = figure.unit if figure.floor is None else "x floor"
        goal = f"{'<=' if figure.goal.at_most else '>='} {_number(figure.goal.limit)} {unit}"
    met = {None: "", True: "met", False: "MISSED"}[figure.met]
    return figure.name, f"{_number(figure.value)} {figure.unit}", floor, ratio, goal, met


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
