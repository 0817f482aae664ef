"""Pairing what was found with what is labelled: one to one by likeness, or in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

__all__ = ["aligned", "assigned", "overlap"]


def assigned(likeness: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The one-to-one pairs (row, column) whose likenesses add up to most; no pair has a likeness of 0 or less.

    The method is the Hungarian one (Kuhn 1955, in the form with potentials of Jonker and Volgenant 1987).

    >>> assigned([[5, 4], [4, 0]])
    [(0, 1), (1, 0)]
    >>> assigned([[0, 0, 7]])
    [(0, 2)]
    """
    if not likeness or not likeness[0]:
        return []
    if len(likeness) > len(likeness[0]):
        turned = [list(column) for column in zip(*likeness, strict=True)]
        return sorted((row, column) for column, row in assigned(turned))
    rows, columns = len(likeness), len(likeness[0])
    costs = [[-max(value, 0) for value in row] for row in likeness]
    infinite = 1 + sum(-min(row) for row in costs) * 2
    # Rows and columns count from 1; column 0 stands for the row that is being placed.
    row_potential, column_potential = [0] * (rows + 1), [0] * (columns + 1)
    row_at = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_at[0] = row
        column = 0
        least, before = [infinite] * (columns + 1), [0] * (columns + 1)
        visited = [False] * (columns + 1)
        while row_at[column]:
            visited[column] = True
            at, step, following = row_at[column], infinite, 0
            for other in range(1, columns + 1):
                if visited[other]:
                    continue
                reduced = costs[at - 1][other - 1] - row_potential[at] - column_potential[other]
                if reduced < least[other]:
                    least[other], before[other] = reduced, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(columns + 1):
                if visited[other]:
                    row_potential[row_at[other]] += step
                    column_potential[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            row_at[column] = row_at[before[column]]
            column = before[column]
    pairs = [(row_at[column] - 1, column - 1) for column in range(1, columns + 1) if row_at[column]]
    return sorted((row, column) for row, column in pairs if likeness[row][column] > 0)


def aligned(rows: int, columns: int, likeness: Callable[[int, int], tuple[int, ...]]) -> list[tuple[int, int]]:
    """The pairs (row, column) of two sequences, both in order, whose likenesses add up to most.

    `likeness` gives numbers of falling weight: no sum of the second outweighs one of the first. With a single number
    that is 1 for equals and 0 otherwise, these are the places of a longest common subsequence.

    >>> first, second = "shall may shall".split(), "may shall not".split()
    >>> aligned(3, 3, lambda row, column: (int(first[row] == second[column]),))
    [(1, 0), (2, 1)]
    """
    best: list[list[tuple[int, ...]]] = [[()] * (columns + 1) for _ in range(rows + 1)]
    width = len(likeness(0, 0)) if rows and columns else 0
    zero = (0,) * width
    for row in range(rows, -1, -1):
        for column in range(columns, -1, -1):
            if row == rows or column == columns:
                best[row][column] = zero
                continue
            together = _plus(likeness(row, column), best[row + 1][column + 1])
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    pairs = []
    row = column = 0
    while row < rows and column < columns:
        here = likeness(row, column)
        if here > zero and best[row][column] == _plus(here, best[row + 1][column + 1]):
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _plus(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(left + right for left, right in zip(one, other, strict=True))


def overlap(start: int, end: int, spans: Iterable[tuple[int, int]]) -> int:
    """How many characters from `start` to `end` stand in the spans, which do not overlap one another.

    >>> overlap(10, 20, [(0, 12), (18, 30)])
    4
    """
    return sum(max(0, min(end, last) - max(start, first)) for first, last in spans)
