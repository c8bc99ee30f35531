"""Scales with round numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

WANTED_STEPS = 4
ROUND_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from the first tick to the last."""

    ticks: tuple[Decimal, ...]

    def share(self, value: Decimal) -> float:
        """Where a value lies: 0 at the first tick, 1 at the last."""
        return float((value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]))


def round_step(span: Decimal, whole: bool) -> Decimal:
    """The smallest round step that covers a span in WANTED_STEPS; at least 1 and itself whole if
    `whole`.
    """
    rough = span / WANTED_STEPS
    power = Decimal(10) ** rough.adjusted()
    steps = [step * power for step in ROUND_STEPS]
    if whole:
        steps = [step for step in steps if step == step.to_integral_value()] or [Decimal(1)]
    return next((step for step in steps if step >= rough), steps[-1])


def build_scale(values: Sequence[Decimal], from_zero: bool = True) -> Scale:
    """A scale that holds all values; whole steps for whole values. Without values it runs from 0 to
    1.
    """
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(1))
    if from_zero:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        low, high = (low, low + 1) if low >= 0 else (low, Decimal(0))
    whole = all(value == value.to_integral_value() for value in values)
    step = round_step(high - low, whole)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return Scale(tuple(step * count for count in range(int(first), int(last) + 1)))
