"""Which proposals a rule that lifts can touch: those it names by label, section, power or effect, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redactor.model import Effect, Power
    from redactor.policy.schema import Cancels


def touches(cancels: Cancels, *, label: str, section: str, power: Power | None, effect: Effect) -> bool:
    """True when what is cancelled includes such a proposal. Labels and sections narrow; powers and effects add up."""
    family = label.partition(".")[0]
    if cancels.labels and label not in cancels.labels and family not in cancels.labels:
        return False
    if cancels.sections and section not in cancels.sections:
        return False
    if cancels.powers or cancels.effects:
        return power in cancels.powers or effect in cancels.effects
    return bool(cancels.labels or cancels.sections)
