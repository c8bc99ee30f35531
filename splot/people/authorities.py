"""The executive and the council of a municipality, declined for the places where an act, a page or
a mail names them.

In wordings they stand as `{executive}`, `{executive.dative}`, `{council.genitive}` and the like;
`fill_authorities` puts the names in. A municipality that has not said what they are called gets the
choice in square brackets.
"""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import get_language

CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "locative")
LANGUAGES = ("pl", "uk", "en")


class Named(Protocol):
    """A municipality, as far as its authorities are concerned."""

    language: str
    executive_kind: str
    executive_name: str
    council_kind: str
    council_name: str


@dataclass(frozen=True, slots=True)
class Declined:
    """A name in the six cases; as a string it is the nominative."""

    nominative: str
    genitive: str
    dative: str
    accusative: str
    instrumental: str
    locative: str

    def __str__(self) -> str:
        return self.nominative


def _declined(forms: str, rest: str = "") -> Declined:
    """Six forms parted by "|", each followed by what does not change."""
    return Declined(*(f"{form} {rest}".strip() for form in forms.split("|")))


# {language: {kind: the words that are declined}}
HEADS = {
    "pl": {
        "wojt": "Wójt|Wójta|Wójtowi|Wójta|Wójtem|Wójcie",
        "burmistrz": "Burmistrz|Burmistrza|Burmistrzowi|Burmistrza|Burmistrzem|Burmistrzu",
        "prezydent": "Prezydent|Prezydenta|Prezydentowi|Prezydenta|Prezydentem|Prezydencie",
        "rada_gminy": "Rada|Rady|Radzie|Radę|Radą|Radzie",
        "rada_miejska": "Rada Miejska|Rady Miejskiej|Radzie Miejskiej|Radę Miejską|Radą Miejską"
        "|Radzie Miejskiej",
        "rada_miasta": "Rada|Rady|Radzie|Radę|Radą|Radzie",
    },
    "uk": {
        "wojt": "війт|війта|війту|війта|війтом|війті",
        "burmistrz": "бургомістр|бургомістра|бургомістру|бургомістра|бургомістром|бургомістрі",
        "prezydent": "президент|президента|президенту|президента|президентом|президенті",
        "rada_gminy": "рада|ради|раді|раду|радою|раді",
        "rada_miejska": "міська рада|міської ради|міській раді|міську раду|міською радою"
        "|міській раді",
        "rada_miasta": "рада|ради|раді|раду|радою|раді",
    },
    "en": {
        "wojt": "|".join(["the Commune Mayor"] * 6),
        "burmistrz": "|".join(["the Mayor"] * 6),
        "prezydent": "|".join(["the Mayor"] * 6),
        "rada_gminy": "|".join(["the Commune Council"] * 6),
        "rada_miejska": "|".join(["the Town Council"] * 6),
        "rada_miasta": "|".join(["the City Council"] * 6),
    },
}
# what follows the head where a municipality has given no name in its own words
USUAL_RESTS = {
    "pl": {
        "wojt": "Gminy",
        "prezydent": "Miasta",
        "rada_gminy": "Gminy",
        "rada_miasta": "Miasta",
    },
    "uk": {
        "wojt": "громади",
        "prezydent": "міста",
        "rada_gminy": "громади",
        "rada_miasta": "міста",
    },
    "en": {},
}
UNKNOWN = {
    "pl": {
        "executive": "[Wójt, Burmistrz albo Prezydent Miasta]"
        "|[Wójta, Burmistrza albo Prezydenta Miasta]"
        "|[Wójtowi, Burmistrzowi albo Prezydentowi Miasta]"
        "|[Wójta, Burmistrza albo Prezydenta Miasta]"
        "|[Wójtem, Burmistrzem albo Prezydentem Miasta]"
        "|[Wójcie, Burmistrzu albo Prezydencie Miasta]",
        "council": "[Rada Gminy, Miejska albo Miasta]|[Rady Gminy, Miejskiej albo Miasta]"
        "|[Radzie Gminy, Miejskiej albo Miasta]|[Radę Gminy, Miejską albo Miasta]"
        "|[Radą Gminy, Miejską albo Miasta]|[Radzie Gminy, Miejskiej albo Miasta]",
    },
    "uk": {
        "executive": "[війт, бургомістр або президент міста]"
        "|[війта, бургомістра або президента міста]"
        "|[війту, бургомістру або президенту міста]"
        "|[війта, бургомістра або президента міста]"
        "|[війтом, бургомістром або президентом міста]"
        "|[війті, бургомістрі або президенті міста]",
        "council": "[рада громади або міська рада]|[ради громади або міської ради]"
        "|[раді громади або міській раді]|[раду громади або міську раду]"
        "|[радою громади або міською радою]|[раді громади або міській раді]",
    },
    "en": {
        "executive": "|".join(["[the Commune Mayor or the Mayor]"] * 6),
        "council": "|".join(["[the Commune, Town or City Council]"] * 6),
    },
}


def executive_of(municipality: Named, language: str) -> Declined:
    """The wójt, burmistrz or prezydent by the municipality's own name for the office."""
    return _authority(
        municipality.executive_kind,
        municipality.executive_name if language == municipality.language else "",
        "executive",
        language,
    )


def council_of(municipality: Named, language: str) -> Declined:
    """The council by the municipality's own name for it."""
    return _authority(
        municipality.council_kind,
        municipality.council_name if language == municipality.language else "",
        "council",
        language,
    )


def shown_executive(municipality: Named) -> str:
    """The executive's name for a heading of a page, in the language of the page."""
    name = str(executive_of(municipality, get_language() or "en")).strip("[]")
    name = name.removeprefix("the ")
    return name[:1].upper() + name[1:]


def genitive_of_council(name: str, language: str) -> str:
    """A council's name as it follows "of": "Rada Miejska w Kórniku" -> "Rady Miejskiej w Kórniku".
    What no council is called by stays as it is.
    """
    for kind in ("rada_miejska", "rada_miasta"):
        if language in HEADS and name_fits_kind(name, kind, language):
            return _named(kind, name, language).genitive.removeprefix("the ")
    return name


def fill_authorities(wording: str, municipality: Named, language: str) -> str:
    """A wording with the names in their places; one that begins with a name begins with a capital
    letter.
    """
    if "{executive" not in wording and "{council" not in wording:
        return wording
    filled = wording.format(
        executive=executive_of(municipality, language), council=council_of(municipality, language)
    )
    return filled[:1].upper() + filled[1:] if wording.startswith("{") else filled


def name_fits_kind(name: str, kind: str, language: str) -> bool:
    """Does a name begin with the words that are declined for its kind? Any other could not be."""
    head = HEADS.get(language, HEADS["en"])[kind].split("|")[0].removeprefix("the ")
    return f"{name} ".casefold().startswith(f"{head} ".casefold())


def _authority(kind: str, name: str, which: str, language: str) -> Declined:
    language = language if language in LANGUAGES else "en"
    if not kind:
        return _declined(UNKNOWN[language][which])
    heads = HEADS[language][kind]
    if not name:
        return _declined(heads, USUAL_RESTS[language].get(kind, ""))
    return _named(kind, name, language)


def _named(kind: str, name: str, language: str) -> Declined:
    """A name in the municipality's own words, which begins with those of its kind."""
    heads = HEADS[language][kind]
    head = heads.split("|")[0].removeprefix("the ")
    return _declined(heads, name[len(head) :].strip())
