"""Words by which plans of cities say what a passage is: "Cel szczegółowy 2: …", "Leader: …".

Polish, English, Czech, Slovak, Ukrainian, German and Spanish, in the forms that stand at the start
of a line. One table serves the reader, which finds where such a passage begins, and whoever makes
rows of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

AREA, AIM, ACTIVITY = "area", "aim", "activity"
AUDIENCE, LEADER, PARTNER, DETAIL = "audience", "leader", "partner", "detail"

# (what it says, the language, the noun's forms, its plural in the nominative); a form that is
# singular as well, be it in another language ("priority" in English and Czech), is no plural here
_LEVELS = (
    (AREA, "pl", r"priorytet(?:u|ów|em|ami|ach|owi|om)?", "priorytety"),
    (AREA, "pl", r"obszar(?:u|ów|em|ami|ach|owi|om|ze)?", "obszary"),
    (AREA, "pl", r"dziedzin(?:a|ie|ę|ą)?|sfer(?:a|ze|ę|ą)?|filar(?:u|ów)?|oś|aspekt(?:u|ów)?",
     "dziedziny|sfery|filary|osie|aspekty"),
    (AREA, "en", r"priority|area|pillar|strand|theme|domain|aspect|field",
     "priorities|areas|pillars|strands|themes|domains|aspects|fields"),
    (AREA, "cs", r"priorit(?:a|u)|oblast(?:í)?|oblasť|pilíř(?:ů)?|pilier",
     "oblasti|pilíře|piliere"),
    (AREA, "uk", r"пріоритет(?:у|ів)?|сфера|галузь|царина", "пріоритети|сфери|галузі|царини"),
    (AREA, "de", r"handlungsfeld|schwerpunkt|themenfeld|handlungsbereich",
     "handlungsfelder|schwerpunkte|themenfelder|handlungsbereiche"),
    (AREA, "es", r"eje|ámbito|área|línea|prioridad|dimensión",
     "ejes|ámbitos|áreas|líneas|prioridades|dimensiones"),
    (AREA, "pl", r"kierun(?:ek|ku|ków|kiem|kach|kom)", "kierunki"),
    (AREA, "uk", r"напрям(?:ок|ку|ків|у|ів)?", "напрями|напрямки"),
    (AREA, "cs", r"směr", "směry"),
    (AIM, "pl", r"cel(?:u|ów|em|ami|ach|owi|om)?", "cele"),
    (AIM, "en", r"aim|goal|objective", "aims|goals|objectives"),
    (AIM, "cs", r"cíl(?:ů|em)?|cieľ", "cíle|ciele"),
    (AIM, "uk", r"ціл(?:ь|ей)|мет(?:а|и|у)", "цілі"),
    (AIM, "de", r"(?:teil|leit|ober)?ziel(?:en|s)?", "(?:teil|leit|ober)?ziele"),
    (AIM, "es", r"objetivo|meta|finalidad", "objetivos|metas|finalidades"),
    (ACTIVITY, "pl", r"działani(?:e|u|em|ami|ach|om)|działań", "działania"),
    (ACTIVITY, "pl", r"zada(?:nie|niu|niem|niami|niach|niom|ń)", "zadania"),
    (ACTIVITY, "pl", r"przedsięwzięci(?:e|u|em|ami|ach|om)|przedsięwzięć|inicjatyw(?:a)?",
     "przedsięwzięcia|inicjatywy"),
    (ACTIVITY, "en", r"activity|action|measure|task|initiative|intervention",
     "activities|actions|measures|tasks|initiatives|interventions"),
    (ACTIVITY, "cs", r"opatření|opatrenie|aktivita|činnost|úkol(?:ů)?|úloha",
     "opatrenia|aktivity|činnosti|úkoly|úlohy"),
    (ACTIVITY, "uk", r"завдання|завдань|захід|заход(?:у|ів)|ді(?:я|й)", "заходи|дії"),
    (ACTIVITY, "de", r"maßnahme|aktivität", "maßnahmen|aktivitäten"),
    (ACTIVITY, "es", r"medida|acción|actuación|actividad|tarea|iniciativa",
     "medidas|acciones|actuaciones|actividades|tareas|iniciativas"),
)  # fmt: skip
# (what it says, the noun's forms)
_ATTRIBUTES = (
    (AUDIENCE, r"odbiorc(?:y|a|ów|ami)|adresa(?:ci|t|tów)|beneficjen(?:ci|t|tów)"),
    (AUDIENCE, r"uczestni(?:cy|czki|ków)|grup(?:a|y) (?:docelow|odbiorc)\w*"),
    (AUDIENCE, r"(?:target|sensitive) (?:audience|group|population)s?|audiences?|"
     r"beneficiar(?:y|ies)"),
    (AUDIENCE, r"addressees?|participants?|recipients?|for whom"),
    (AUDIENCE, r"cílov(?:á|é) skupin(?:a|y)|cieľov(?:á|é) skupin(?:a|y)|zielgruppen?"),
    (AUDIENCE, r"цільов(?:а|і|ої) (?:аудиторі|груп)\w+|адресат(?:и|ів)?|отримувач(?:і|ів)?"),
    (AUDIENCE, r"destinatari[oa]s?|beneficiari[oa]s?|población (?:destinataria|objetivo)"),
    (LEADER, r"lider(?:zy|ka|ów|em|ami)?|koordynator(?:zy|ka|ów|em)?|realizator(?:zy|ów|em|ami)?|"
     r"realizacj(?:a|ę)"),
    (LEADER, r"(?:za (?:realizację|wykonanie) )?odpowiada(?:ją)?"),
    (LEADER, r"wykonawc(?:a|y|ów)|gestor(?:zy)?|odpowiedzialn(?:y|a|i|e|ość)|realizując(?:y|a)"),
    (LEADER, r"(?:jednost(?:ka|ki)|podmiot(?:y)?|komór(?:ka|ki)|instytucj(?:a|e)|osob(?:a|y)|"
             r"wydział(?:y)?)(?: \w+)? (?:odpowiedzialn|realizując|wiodąc|wykonując|koordynując|"
             r"prowadząc|zaangażowan|wdrażając)\w*"),
    (LEADER, r"leaders?|leads?|coordinators?|responsib(?:le|ility|ilities)|"
     r"implementers?|owners?"),
    (LEADER, r"(?:lead|leading|implementing|coordinating|responsible|municipal) "
             r"(?:bod(?:y|ies)|institutions?|partners?|units?|departments?|entit(?:y|ies)|"
             r"organi[sz]ations?)"),
    (LEADER, r"gestor(?:i)?|garant(?:i)?|odpovědn(?:ost|ý|á|é)|zodpovědn\w+|"
     r"zodpovedn\w+|realizátor(?:i)?"),
    (LEADER, r"nositel(?:é)?|відповідальн(?:ий|і|а)|виконав(?:ець|ці|ців)|"
     r"координатор(?:и)?|лідер(?:и)?"),
    (LEADER, r"verantwortlich(?:e|keit)?|federführung|zuständig(?:keit)?|umsetzung durch"),
    (LEADER, r"responsables?|(?:entidad(?:es)?|organismos?|áreas?) responsables?"),
    (PARTNER, r"partner(?:zy|ów|ami|em)?|partners?|współprac(?:a|y)|"
     r"współrealizator(?:zy)?|podmioty współpracujące"),
    (PARTNER, r"cooperation|social partners?|spolupráce|spolupracující|"
     r"партнер(?:и|ів)?|kooperation\w*"),
    (PARTNER, r"colaborador(?:es|as)?|entidades colaboradoras|colaboración|soci[oa]s"),
    (DETAIL, r"termin(?:y)?|harmonogram|okres|czas|rok|lata|wskaźnik(?:i|ów)?|"
     r"miernik(?:i|ów)?|miar(?:a|y)"),
    (DETAIL, r"budżet|finansowanie|koszt(?:y)?|źródł(?:o|a)|środki|zasoby|nakłady|kwota"),
    (DETAIL, r"rezultat(?:y)?|efekt(?:y)?|produkt(?:y)?|oczekiwan\w+|"
     r"planowan\w+ (?:efekt|rezultat)\w+"),
    (DETAIL, r"opis|uzasadnienie|diagnoza|monitoring|monitorowanie|ewaluacja|"
     r"ryzyk(?:o|a)|uwagi|status"),
    (DETAIL, r"sposób|sposoby|metod(?:a|y)|narzędzi(?:e|a)|forma|formy|podstawa|stan|wartość|lp"),
    (DETAIL, r"due date|deadlines?|time ?frames?|timeline|schedule|period|"
     r"indicators?|measurement"),
    (DETAIL, r"budget|fund(?:s|ing)|costs?|resources?|sources?|"
     r"(?:expected )?(?:results?|outcomes?|outputs?)"),
    (DETAIL, r"description|rationale|justification|risks?|methods?|tools?|evaluation|"
     r"note|notes|remarks"),
    (DETAIL, r"termín(?:y)?|lhůta|indikátor(?:y)?|ukazatel(?:e)?|ukazovateľ|rozpočet|"
     r"zdroj(?:e)?|výstup(?:y)?|popis"),
    (DETAIL, r"термін(?:и)?|строк(?:и)?|показник(?:и)?|індикатор(?:и)?|бюджет|"
     r"джерел(?:о|а)|результат(?:и)?|опис"),
    (DETAIL, r"plazos?|calendario|indicador(?:es)?|presupuesto|recursos|financiación|descripción"),
    (DETAIL, r"zeitraum|frist|indikator(?:en)?|kosten|finanzierung|ergebnis(?:se)?|beschreibung"),
)  # fmt: skip
# the place in the table names the noun
_NOUNS = (*_LEVELS, *((says, "", forms, "") for says, forms in _ATTRIBUTES))
_QUALITIES = (
    r"główn\w+|ogóln\w+|strategiczn\w+|operacyjn\w+|szczegółow\w+|nadrzędn\w+|horyzontaln\w+|"
    r"kierunkow\w+|generaln\w+|pośredni\w*|priorytetow\w+|tematyczn\w+|interwencji|działa(?:ń|nia)|"
    r"rozwoju|wsparcia|cząstkow\w+|"
    r"main|strategic|operational|specific|general|overall|overarching|key|thematic|priority|policy|"
    r"strategick\w+|specifick\w+|operačn\w+|operatívn\w+|dílčí\w*|hlavn\w+|obecn\w+|prioritn\w+|"
    r"špecifick\w+|tematick\w+|"
    r"стратегічн\w+|операційн\w+|основн\w+|головн\w+|конкретн\w+|загальн\w+|пріоритетн\w+|"
    r"estratégic\w+|específic\w+|generales|operativ[oa]s?|prioritari\w+|"
    r"de (?:actuación|intervención)|"
    r"strategische\w*|operative\w*|übergeordnete\w*|politiky|polityki|programu|programme|integracji"
)
# what may stand before the noun and says nothing of its own
_BEFORE = (
    rf"(?:(?:{_QUALITIES}|proponowan\w+|planowan\w+|przykładow\w+|zakładan\w+|przewidywan\w+|"
    r"rekomendowan\w+|kluczow\w+|podstawow\w+|nazwa|tytuł|lista|wykaz|katalog|opis celu|"
    r"suggested|proposed|planned|recommended|concrete|detailed|list of|name of|the|"
    r"navrhovan\w+|plánovan\w+|konkrétní|název|seznam|запропонован\w+|заплановані|назва|перелік|"
    r"geplante|vorgeschlagene|konkrete)\s+)*"
)
_FORMS = ["|".join(filter(None, forms)) for __, __, *forms in _NOUNS]
_ANY_NOUN = "|".join(f"(?P<n{at}>{forms})" for at, forms in enumerate(_FORMS))
_PHRASE = rf"(?P<before>{_BEFORE})(?:{_ANY_NOUN})(?P<after>(?:\s+(?:{_QUALITIES}))*)(?!\w)"
_ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_PART = rf"\d{{1,3}}[a-z]?|{_ROMAN}|[A-Z]"
NUMBERED = re.compile(
    rf"(?P<phrase>(?i:{_PHRASE}))(?:\s+(?i:nr|no\.?|č\.|№))?\s*"
    rf"(?P<value>(?:{_PART})(?:\.(?:{_PART}))*)(?!\w)(?P<mark>\s*[.:)–—-](?=\s|$))?"
)
BOLD = re.compile(r"\*\*|__")
_OPENING = re.compile(rf"(?i:{_PHRASE})(?P<more>[^:]{{0,60}}):\s*(?P<rest>.*)", re.S)
_HEADING = re.compile(rf"(?i:{_PHRASE})[.:]?")
# "Aims of evaluation" are those of a chapter about something else
_OTHER_SUBJECT = re.compile(r"\b(?:ewaluac|monitor|evaluat|evaluac|оцін|монітор)\w*", re.I)
_FIRST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class PlanWord:
    """What a phrase says (AREA, AIM, …), the level that it names, and the words after it.

    level tells "Cel strategiczny" from "Cel operacyjny". many: the phrase announces a list.
    language: that of the noun of a level, "" for other nouns.
    """

    says: str
    level: str
    rest: str = ""
    many: bool = False
    language: str = ""


def parse_numbered_level(text: str) -> tuple[PlanWord, str, str] | None:
    """The word, the number as printed and its value, of a line that begins "Cel operacyjny 1.2.";
    None of any other.

    A sentence that only speaks of a level ("Cel 1 jest …") is none.
    """
    if not may_name_level(text) or not (match := NUMBERED.match(text)):
        return None
    word = _word_of(match, text[match.end() :].strip())
    if word is None or word.says not in (AREA, AIM, ACTIVITY):
        return None
    first = word.rest[:1]
    if not match["mark"] and first and (first.islower() or first in ",;.)"):
        return None
    return word, match.group(), match["value"]


def parse_opening(text: str) -> PlanWord | None:
    """What a text says of itself before its first colon: "Target audience: …", "**AIM:** …"; None
    where it says nothing.
    """
    text = BOLD.sub("", text).lstrip()
    if not may_name_level(text) or not (match := _OPENING.match(text)):
        return None
    more = match["more"].strip()
    if len(more.split()) > 6 or _OTHER_SUBJECT.search(more) or re.search(r"[.;!?]\s", more):
        return None
    return _word_of(match, match["rest"].strip())


def parse_named_level(text: str) -> PlanWord | None:
    """What a heading is that begins with such a phrase and goes on with a name: "Handlungsfeld
    Bildung"; None of any other.
    """
    match = re.match(rf"(?i:{_PHRASE})\s+", text) if may_name_level(text) else None
    if match is None or not text[match.end() :][:1].isupper():
        return None
    return _word_of(match, text[match.end() :])


def parse_plan_heading(text: str) -> PlanWord | None:
    """What a heading is that holds nothing but such a phrase: "Działania", "SPECIFIC AIMS"."""
    text = BOLD.sub("", text).strip()
    match = _HEADING.fullmatch(text) if may_name_level(text) else None
    return _word_of(match, "") if match else None


def parse_column_heading(text: str) -> PlanWord | None:
    """What the column of a table is, by the first such word of its heading."""
    if heading := parse_plan_heading(text) or parse_opening(f"{text}:"):
        return heading
    for word in re.finditer(r"\w+", text):
        if match := re.match(rf"(?i:{_PHRASE})", text[word.start() :]):
            return _word_of(match, "")
    return None


def may_name_level(text: str) -> bool:
    """Whether a text may begin with a word of the table: most prose does not."""
    return text[:1].isupper() and text[:_FIRST_LETTERS].lower() in _first_letters()


@cache
def _first_letters() -> frozenset[str]:
    """The first letters of all words of the table: prose is left after one look."""
    words = re.findall(r"(?:^|[|(: ])(\w\w)", f"{_BEFORE}|{'|'.join(_FORMS)}")
    return frozenset(words) | {"oś"}


def _word_of(match: re.Match[str], rest: str) -> PlanWord | None:
    for at, (says, language, __, plural) in enumerate(_NOUNS):
        noun = match[f"n{at}"]
        if noun:
            quality = (match["before"].split() or match["after"].split() or [""])[-1]
            level = f"{says}-{at}-{quality[:5].lower()}"
            many = re.fullmatch(plural, noun, re.I) is not None
            return PlanWord(says, level, rest, many, language)
    return None
