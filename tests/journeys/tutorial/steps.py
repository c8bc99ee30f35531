"""What a sentence of the tutorial makes its reader do.

A sentence with a verb that asks for something is followed as it stands: what is bold is pressed, or
is the field for what is italic before it. A sentence that tells of something is believed as it
stands: the page has all that it names. A `step` is for a sentence that needs more than that; it is
found by its section and beginning, and finds the names in the sentence.
"""

import re
from collections.abc import Callable, Iterator

from .reader import Reader
from .sentences import Part, Sentence

Step = Callable[[Reader, Sentence], None]
STEPS: dict[tuple[int, str], Step] = {}

VERBS = "choose|press|tick|write|open|leave|take|put|look|sign|read|go"
IS_REQUEST = re.compile(rf"^({VERBS})\b|\b(choose|press|tick)\b", re.I)
IS_CLAIM = re.compile(r"^You (see|are|come)\b")
NAMES = ("bold", "italic", "quoted", "code")


def step(section: int, beginning: str) -> Callable[[Step], Step]:
    def register(function: Step) -> Step:
        STEPS[section, beginning] = function
        return function

    return register


def steps_of(sentence: Sentence) -> list[Step]:
    """More than one is a mistake."""
    return [
        function
        for (section, beginning), function in STEPS.items()
        if section == sentence.section and str(sentence).startswith(beginning)
    ]


def carry_out(reader: Reader, sentence: Sentence) -> None:
    if steps := steps_of(sentence):
        steps[0](reader, sentence)
    elif pictures := sentence.all_of("picture"):
        reader.take_picture(pictures[0].rpartition("/")[2])
    elif IS_REQUEST.search(sentence.words.strip()):
        follow(reader, sentence)
    else:
        reader.sees(*sentence.all_of(*NAMES))


def needs_step(sentence: Sentence) -> bool:
    """Does it ask for something, or tell of something, without naming what?"""
    speaks = IS_REQUEST.search(sentence.words.strip()) or IS_CLAIM.search(str(sentence))
    return bool(speaks) and not sentence.all_of(*NAMES, "address", "file")


PLACES = (
    ("At the writing desk", Reader.go_to_writing_desk),
    ("bottom of your desk", Reader.go_to_desk),
)


def follow(reader: Reader, sentence: Sentence) -> None:
    """Do what the sentence says, name by name."""
    for words, go in PLACES:
        if words in sentence.words:
            go(reader)
    reader.sees(*sentence.all_of("quoted"))
    for verb, name, field in requests_of(sentence):
        if field:
            reader.fill(field, name)
        elif do := HANDLERS.get(verb):
            do(reader, name)


HANDLERS: dict[str, Callable[[Reader, str], None]] = {
    "press": Reader.press,
    "open": Reader.open,
    "tick": Reader.tick,
    "choose": Reader.choose,
    "leave": Reader.expect_chosen,
    "file": Reader.give_file,
    "address": Reader.go_to,
}


def requests_of(sentence: Sentence) -> Iterator[tuple[str, str, str]]:
    """Verb, name and field of each thing that is asked for. A name in italics waits for the bold
    name of its field; the next verb or name says that it has none.
    """
    verb, waiting, is_filled = "", "", False
    for part in (*sentence.parts, Part("words", "then")):
        verbs = re.findall(rf"\b({VERBS}|then)\b", part.text, re.I)
        if part.kind == "italic" or (part.kind == "words" and verbs):
            if waiting and not is_filled:
                yield verb, waiting, ""
            waiting, is_filled = part.text if part.kind == "italic" else "", False
        if part.kind == "words" and verbs and verbs[-1] != "then":
            verb = verbs[-1].lower()
        elif part.kind == "bold":
            yield ("fill", waiting, part.text) if waiting else ("press", part.text, "")
            is_filled = True
        elif part.kind in ("file", "address"):
            yield part.kind, part.text, ""
