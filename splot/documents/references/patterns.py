"""How Polish drafting names provisions, and the English that stands for it, as patterns."""

import re

from splot.parsing.provisions import PROVISION_LETTER, PROVISION_MARKS, PROVISION_NUMBER

STEP_KINDS = tuple(PROVISION_MARKS)
ORDINALS = (
    "pierwsze", "drugie", "trzecie", "czwarte", "piąte",
    "szóste", "siódme", "ósme", "dziewiąte", "dziesiąte",
)  # fmt: skip
CONTEXT_LENGTH = 90  # characters after a mention in which its act may be named
MAX_SENTENCE = 2000  # characters within which a sentence must end

_MARKS = PROVISION_MARKS
_SPACE = r"[ \u00a0]"
_NUMBER = rf"{PROVISION_NUMBER}\b"
_DASH = rf"{_SPACE}?[-–]{_SPACE}?"
_RANGE = rf"{_NUMBER}(?:{_DASH}{_NUMBER})?"
_LETTERS = rf"{PROVISION_LETTER}\b(?:[-–]{PROVISION_LETTER}\b)?"
_BEFORE = rf"(?:^|(?<=[\s(])|{_SPACE})"
MENTION = re.compile(
    rf"(?:\b{_MARKS['article']}{_SPACE}?(?P<article>{_RANGE}))?"
    rf"(?:{_BEFORE}?{_MARKS['paragraph']}{_SPACE}?(?P<paragraph>{_RANGE}))?"
    rf"(?:{_BEFORE}{_MARKS['subparagraph']}{_SPACE}?(?P<subparagraph>{_RANGE}))?"
    rf"(?:{_BEFORE}{_MARKS['point']}{_SPACE}?(?P<point>{_RANGE}))?"
    rf"(?:{_BEFORE}{_MARKS['alinea']}{_SPACE}?(?P<alinea>{_LETTERS}))?"
    rf"(?:{_BEFORE}{_MARKS['indent']}{_SPACE}(?P<indent>\d{{1,2}}\b|(?:{'|'.join(ORDINALS)})\b))?"
)
MENTION_START = re.compile(
    rf"§|\b(?:(?:{_MARKS['article']}|{_MARKS['subparagraph']}|{_MARKS['point']}){_SPACE}?\d"
    rf"|{_MARKS['alinea']}{_SPACE}?[a-z]\b|{_MARKS['indent']}{_SPACE}\w)"
)
DIVISION = re.compile(
    r"\b(?:(?:(?P<attachment>załącznik\w*)|(?P<chapter>rozdzia(?:ł\w*|le)"
    rf"|chapter)){_SPACE}(?:nr{_SPACE})?"
    rf"|(?:annex|attachment|appendix){_SPACE}(?:no\.{_SPACE})?)(?P<number>\d{{1,3}}[a-z]?"
    rf"|(?-i:[IVXL]{{1,6}}))\b",
    re.I,
)
NUMBER_PART = re.compile(rf"{_NUMBER}|[a-z]{{1,2}}\b|{'|'.join(ORDINALS)}")
_AND = rf"(?:,{_SPACE}?|{_SPACE}(?:i|oraz|lub|albo|bądź|and|or|та|або|чи){_SPACE})"
MORE_NUMBERS = re.compile(
    rf"{_AND}(?P<range>{_RANGE})(?![.,]\d)(?!{_SPACE}?[%‰€]|{_SPACE}(?:zł|dni|lat|r|roku|tys"
    r"|mln)\b)"
)
# "a", "i", "o", "u", "w", "z" and "za" are words too: they are letters only where a list can end
MORE_LETTERS = re.compile(
    rf"{_AND}(?P<range>(?:[b-hj-np-tvxy](?:[-–][a-z])?|(?:[aiouwz]|[a-z]{{2}})(?=[,;.)]|$))(?!\w))"
)
# What may follow a number that carries no mark of its own; "i 2 przedstawicieli" may be two people
AFTER_NUMBER = re.compile(
    r"[,;:.)\]]|\s*$|\s*\n"
    r"|\s(?:się|nie|w|we|z|ze|na|do|od|po|przez|dla|oraz|i|lub|albo|a|o|u|za|przy|bez|są|jest"
    r"|niniejsz\w+|tej|tego"
    r"|powyżej|poniżej|apply|applies|above|below|of|and|or|is|are|\w+(?:ą|uje|aje|ega|aga|chodzi"
    r"|nosi))\b"
)
ACT_WORD = re.compile(
    r"(?:ustaw|rozporządze|uchwał|statut|regulamin|kodeks|konstytuc|zarządze|umow|porozumie"
    r"|dyrektyw|traktat"
    r"|k\.[a-z]|k(?:pa|pc|pk|c|k)\b|załącznik|acts?\b|law|code|statute|regulation|resolution|order"
    r"|ordinance|directive|constitution|treaty"
    r"|annex|attachment|appendix)",
    re.I,
)
OWN_ACT = re.compile(r"niniejsz|tej$|tego$|this$", re.I)
ANNEXED_TO = re.compile(
    r"\s*(?:do|to)\s(?:the\s)?(?P<act>\w+)(?P<whose>\s(?:nr|no\b|z\sdnia|rady|of)|\s*\d)?", re.I
)
OWN_KINDS = re.compile(r"uchwał|zarządze|resolution|niniejsz|this", re.I)
LINKING = ("of", "the", "a", "an", "do", "w", "z", "to")
JOINER = re.compile(r"\s*(?:,|i|oraz|lub|albo|and|or|to)?\s*")
SENTENCE_END = re.compile(r"[.;] (?=[A-ZĄĆĘŁŃÓŚŹŻ])|\n")
QUOTE = re.compile(r"[„“”«»\"]")
CLOSERS = {"„": '”“"', "“": "”", "«": "»", '"': '"'}
