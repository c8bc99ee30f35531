"""What a final provision of a resolution says: who carries it out, what it repeals, when it enters
into force. They stand at its end in this order.
"""

import re
from collections.abc import Iterable

from .models import Provision

EXECUTION, OTHER, REPEAL, ENTRY = "execution", "other", "repeal", "entry"
ORDER = (OTHER, EXECUTION, REPEAL, ENTRY)
# as resolutions say it, in the languages of the model; what is put in the future or made to depend
# on something else ("from the day on which the resolution enters into force") is none
WORDINGS = {
    ENTRY: re.compile(
        r"^\W*(?:niniejsz\w+ )?(?:uchwała|zarządzenie)\b[^.]{0,60}\bwchodzi w życie"
        r"|^\W*(?:this|the) (?:resolution|order)\b[^.]{0,40}\b(?:enters|comes|shall enter"
        r"|shall come) into (?:force|effect)"
        r"|^\W*(?:ця )?ухвала\b[^.]{0,40}\bнабирає чинності",
        re.I,
    ),
    REPEAL: re.compile(
        r"^\W*trac\w+ moc\b|^\W*uchyla się uchwał|\b(?:is|are) (?:hereby )?repealed\W*$"
        r"|^\W*втрача\w+ чинність",
        re.I,
    ),
    EXECUTION: re.compile(
        r"^\W*wykonanie (?:niniejszej )?(?:uchwały|zarządzenia)\b|^\W*(?:uchwałę|zarządzenie)"
        r" wykonuje\b|\bcharged with carrying out (?:this|the) (?:resolution|order)"
        r"|^\W*(?:implementation|execution) of (?:this|the) (?:resolution|order) is entrusted"
        r"|^\W*виконання (?:цієї )?ухвали\b",
        re.I,
    ),
}


def final_role(wording: str) -> str:
    """What a provision does for the resolution itself."""
    for role, pattern in WORDINGS.items():
        if pattern.search(wording):
            return role
    return OTHER


def enters_into_force(wording: str) -> bool:
    """Does a provision say when the resolution enters into force?"""
    return final_role(wording) == ENTRY


def is_of_resolution(provision: Provision) -> bool:
    """Does it stand in the resolution itself, and not in the policy that is annexed to it?"""
    if provision.kind == Provision.Kind.FINAL:
        return True
    return provision.kind == Provision.Kind.MAYOR and (
        final_role(provision.text.source_wording) == EXECUTION
    )


def in_final_order(provisions: Iterable[Provision]) -> list[Provision]:
    """Final provisions as acts have them: execution, what is repealed, entry into force last."""
    return sorted(provisions, key=lambda row: ORDER.index(final_role(row.text.source_wording)))
