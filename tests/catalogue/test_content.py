"""The shipped catalogue: complete in each language, whole in its references, in its own words."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import chain, permutations
from pathlib import Path
from string import Formatter

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "splot" / "catalogue" / "content"
SEEDS = ROOT.parent / "shared" / "seeds"
LANGUAGES = ("pl", "en", "uk")
WORD = re.compile(r"[^\W_]+(?:’[^\W_]+)*")
SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")
CHOICES = {
    ("indicators", "direction"): {"higher", "lower", "none"},
    ("indicators", "kind"): {"output", "result", "context", "impact"},
    ("indicators", "frequency"): {"year", "half_year", "quarter"},
    ("institutions", "kind"): {
        "municipal_unit",
        "municipal_company",
        "ngo",
        "university",
        "government",
    }
    | {"employer", "media", "informal_group", "auxiliary_unit", "county_unit", "advisory_body"}
    | {"health_provider", "religious"},
    ("provisions", "kind"): {
        "general",
        "institution",
        "partner",
        "monitoring",
        "team",
        "mayor",
        "council",
        "final",
    },
}
FIELDS = {  # table: what each entry says; None: the text itself
    "aspects": {"name", "why"},
    "aims": None,
    "groups": {"name", "audience"},
    "activities": None,
    "indicators": {"name", "counted", "unit"},
    "institutions": None,
    "sensitive_groups": {"name", "stems"},
    "values": {"name", "description"},
    "principles": {"name", "description"},
    "strategic_aims": None,
    "vision_questions": None,
    "provisions": {"name", "text"},
    "bases": {"text", "why"},
}
QUOTES = {"pl": "„”", "en": "“”’", "uk": "«»’"}

STRUCTURE = tomllib.loads((CONTENT / "structure.toml").read_text("utf-8"))
TEXTS = {
    language: tomllib.loads((CONTENT / f"{language}.toml").read_text("utf-8"))
    for language in LANGUAGES
}
GROUPS = [group for aspect in STRUCTURE["aspects"] for group in aspect["groups"]]
ACTIVITIES = [activity for group in GROUPS for activity in group["activities"]]

each_language = pytest.mark.parametrize("language", LANGUAGES)


def entries(table: str) -> list[dict]:
    """What the structure holds of a table of texts; aims, groups and activities stand inside the
    aspects.
    """
    if table == "aims":
        return [{"id": aim} for aspect in STRUCTURE["aspects"] for aim in aspect["aims"]]
    return {"groups": GROUPS, "activities": ACTIVITIES}.get(table) or STRUCTURE[table]


def sentences(language: str) -> Iterator[tuple[str, str]]:
    """Every text of a language that a person reads, with where it stands; the stems are for the
    program.
    """

    def walk(value: object, place: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(inner, f"{place}.{key}" if place else key)

    return walk(TEXTS[language], "")


def runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    words = [word.lower() for word in WORD.findall(text.replace("'", "’"))]
    return set(zip(*(words[start:] for start in range(length)), strict=False))


def mentions(language: str, group: str, text: str) -> bool:
    stems = TEXTS[language]["sensitive_groups"][group]["stems"]
    return any(re.search(rf"(?<!\w){re.escape(stem)}", text.lower()) for stem in stems)


@pytest.fixture
def seeds() -> dict[str, str]:
    """The source documents, which stand beside the checkout, by their file names."""
    found = {path.name: path.read_text("utf-8") for path in sorted(SEEDS.glob("0*.txt"))}
    if not found:
        pytest.skip("the source documents are not beside this checkout (../shared/seeds)")
    return found


@pytest.fixture
def outline(seeds: dict[str, str]) -> str:
    return next(text for name, text in seeds.items() if name.startswith("001_"))


def test_the_structure_has_the_outlines_measure() -> None:
    assert STRUCTURE["version"] >= 1
    assert len(STRUCTURE["aspects"]) == 12
    assert len(ACTIVITIES) == 71
    assert [len(STRUCTURE[name]) for name in ("values", "principles", "strategic_aims")] == [
        3,
        8,
        4,
    ]
    assert [aspect["chapter"] for aspect in STRUCTURE["aspects"]] == [
        f"V.{number}" for number in range(1, 13)
    ]


def test_aspects_have_as_many_activities_as_in_the_outline(outline: str) -> None:
    chapter = outline[outline.rindex("\nV. ASPECTS\n") : outline.rindex("\nVI. BUDGET\n")]
    parts = re.split(r"^\d{1,2}\. .+$", chapter, flags=re.M)[1:]
    counted = [part.count("**Activity ") for part in parts]
    ours = [
        sum(len(group["activities"]) for group in aspect["groups"])
        for aspect in STRUCTURE["aspects"]
    ]
    assert ours == counted
    assert sum(counted) == 71


def test_sub_groups_are_those_of_the_outline() -> None:
    sizes = {
        aspect["id"]: [len(group["activities"]) for group in aspect["groups"]]
        for aspect in STRUCTURE["aspects"]
    }
    assert {aspect: size for aspect, size in sizes.items() if len(size) > 1} == {
        "education": [8, 2],
        "labour-market": [4, 6],
    }
    for aspect in STRUCTURE["aspects"]:
        if len(aspect["groups"]) == 1:
            assert aspect["groups"][0]["id"] == aspect["id"]


@pytest.mark.parametrize("table", FIELDS)
def test_ids_are_slugs_and_unique(table: str) -> None:
    ids = [entry["id"] for entry in entries(table)]
    assert [name for name in ids if not SLUG.fullmatch(name)] == []
    assert sorted(ids) == sorted(set(ids))


def test_every_entry_says_since_which_version() -> None:
    dated = [*STRUCTURE["aspects"], *ACTIVITIES]
    dated += chain.from_iterable(
        STRUCTURE[table] for table in ("values", "principles", "strategic_aims", "provisions")
    )
    assert all(1 <= entry["since"] <= STRUCTURE["version"] for entry in dated)


def test_references_resolve() -> None:
    known = {table: {entry["id"] for entry in entries(table)} for table in FIELDS}
    for aspect in STRUCTURE["aspects"]:
        assert {group["aim"] for group in aspect["groups"]} <= set(aspect["aims"])
    for group in GROUPS:
        assert group["institutions"]
        assert set(group["institutions"]) <= known["institutions"], group["id"]
    for activity in ACTIVITIES:
        assert set(activity["indicators"]) <= known["indicators"], activity["id"]
        assert set(activity["institutions"]) <= known["institutions"], activity["id"]
        assert set(activity["groups"]) <= known["sensitive_groups"], activity["id"]
        assert 1 <= len(activity["indicators"]) <= 3, activity["id"]
        assert activity["institutions"], activity["id"]
        assert isinstance(activity["free"], bool)


def test_nothing_is_there_for_nobody() -> None:
    fields = {
        "indicators": "indicators",
        "institutions": "institutions",
        "sensitive_groups": "groups",
    }
    for table, field in fields.items():
        used = set(chain.from_iterable(entry.get(field, []) for entry in (*ACTIVITIES, *GROUPS)))
        assert {entry["id"] for entry in STRUCTURE[table]} == used


@pytest.mark.parametrize(("table", "field"), CHOICES)
def test_choices_are_known_and_each_is_made_use_of(table: str, field: str) -> None:
    assert {entry[field] for entry in STRUCTURE[table]} == CHOICES[table, field]


@each_language
def test_texts_are_complete_and_nothing_more(language: str) -> None:
    texts = TEXTS[language]
    assert set(texts) == {*FIELDS, "vision", "act"}
    assert set(texts["vision"]) == {"example"}
    for table, fields in FIELDS.items():
        assert set(texts[table]) == {entry["id"] for entry in entries(table)}, table
        for name, entry in texts[table].items():
            assert fields is None or set(entry) == fields, f"{table}.{name}"
    assert all(text.strip() for _, text in sentences(language))


@each_language
def test_wordings_of_the_act_take_the_same_placeholders(language: str) -> None:
    def placeholders(text: str) -> list[str]:
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)

    ours, source = TEXTS[language]["act"], TEXTS["pl"]["act"]
    assert {name: placeholders(text) for name, text in ours.items()} == {
        name: placeholders(text) for name, text in source.items()
    }


@each_language
def test_the_act_and_its_provisions_have_placeholders_and_a_provision_as_many_gaps_in_each_language(
    language: str,
) -> None:
    tables = {place.split(".")[0] for place, text in sentences(language) if re.search("[{}]", text)}
    assert tables == {"act", "provisions"}
    for name, provision in TEXTS[language]["provisions"].items():
        assert provision["text"].count("[") == TEXTS["pl"]["provisions"][name]["text"].count("["), (
            name
        )


@each_language
@pytest.mark.parametrize("table", ["aims", "strategic_aims", "activities"])
def test_points_of_a_resolution_begin_small_and_do_not_end(language: str, table: str) -> None:
    for name, text in TEXTS[language][table].items():
        assert text[0].islower(), name
        assert text[-1] not in ".;,:", name


@each_language
def test_list_provisions_are_points_and_the_others_sentences(language: str) -> None:
    for entry in STRUCTURE["provisions"]:
        text = TEXTS[language]["provisions"][entry["id"]]["text"]
        is_point = entry["kind"] in {"institution", "partner", "team"}
        assert text.endswith(".") is not is_point, entry["id"]
        assert text[0].islower() is is_point, entry["id"]


@each_language
def test_activities_are_neither_a_slogan_nor_an_essay(language: str) -> None:
    lengths = {
        name: len(WORD.findall(text)) for name, text in TEXTS[language]["activities"].items()
    }
    assert {name: length for name, length in lengths.items() if not 12 <= length <= 35} == {}


@each_language
def test_typography(language: str) -> None:
    for place, text in sentences(language):
        assert text == " ".join(text.split()), place
        assert not re.search(r"""["'`]|\.\.\.| [,.;:?!)]|\( """, text), place
        assert set(re.findall("[„“”«»‘’]", text)) <= set(QUOTES[language]), place
        assert text.count(QUOTES[language][0]) == text.count(QUOTES[language][1]), place


@each_language
def test_texts_are_in_their_alphabet(language: str) -> None:
    """A Latin "i" in a Ukrainian word looks right and is found by no search."""
    allowed = {"pl": r"[^\W\d_а-яґєії]", "en": "[a-z]", "uk": "[а-щьюяґєії’]"}[language]
    for place, text in sentences(language):
        words = re.findall(r"[^\W\d_]+", re.sub(r"\{[\w.]+\}|Dz\. U\.", "", text).lower())
        assert [word for word in words if not re.fullmatch(f"{allowed}+", word)] == [], place


@each_language
def test_texts_say_different_things(language: str) -> None:
    for table, fields in FIELDS.items():
        names = Counter(
            entry.get("name", entry.get("text")) if fields else entry
            for entry in TEXTS[language][table].values()
        )
        assert [name for name, times in names.items() if times > 1] == [], table


@each_language
def test_no_run_of_six_words_comes_from_a_source_document(
    language: str, seeds: dict[str, str]
) -> None:
    theirs = set().union(*map(runs, seeds.values()))
    assert {
        place: shared for place, text in sentences(language) if (shared := runs(text) & theirs)
    } == {}


def test_a_borrowed_sentence_would_be_found(outline: str) -> None:
    borrowed = "Making use of housing that has not been used so far"
    assert runs(borrowed) & runs(outline)


@each_language
def test_stems_find_their_group(language: str) -> None:
    for group, entry in TEXTS[language]["sensitive_groups"].items():
        stems = entry["stems"]
        assert 2 <= len(stems) <= 6, group
        assert all(stem == stem.lower().strip() for stem in stems), group
        assert [(one, two) for one, two in permutations(stems, 2) if one.startswith(two)] == [], (
            group
        )
        assert mentions(language, group, entry["name"]), group


@pytest.mark.parametrize(
    ("language", "text", "groups"),
    [
        (
            "pl",
            "Kursy dla osób nieznających polskiego i objętych ochroną czasową",
            {"no-polish", "temporary-protection"},
        ),
        (
            "pl",
            "Dom dla ofiar przemocy i samotnych rodziców",
            {"victims-of-violence", "single-parents"},
        ),
        ("pl", "Społeczność romska, małoletni bez rodziców", {"roma", "unaccompanied-minors"}),
        (
            "en",
            "Courses for those who do not speak Polish, and for Roma families",
            {"no-polish", "roma"},
        ),
        (
            "en",
            "A hostel for trafficked and undocumented people",
            {"victims-of-violence", "undocumented"},
        ),
        (
            "uk",
            "Школа для людей похилого віку та з інвалідністю",
            {"older-people", "people-with-disabilities"},
        ),
        ("uk", "Притулок для вагітних і жертв насильства", {"women", "victims-of-violence"}),
    ],
)
def test_stems_find_groups_in_a_sentence(language: str, text: str, groups: set[str]) -> None:
    assert {
        group for group in TEXTS[language]["sensitive_groups"] if mentions(language, group, text)
    } == groups


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Ofiarność i bezpieczeństwo na uczelni, wózki romańskie, starsza wersja, kobiałka"),
        ("pl", "Matematyka, przewlekłość postępowania, dziedzictwo, powieść w trzech tomach"),
        (
            "en",
            "Romania and Roman law, mother tongue, senior officer, the chronicle of a blind alley",
        ),
        ("en", "Residents without Polish citizenship"),
        ("uk", "Матеріали про романи, аромат, дійсність, учора, старший спеціаліст, хроніка міста"),
    ],
)
def test_stems_find_no_group_where_none_is_meant(language: str, text: str) -> None:
    assert [
        group for group in TEXTS[language]["sensitive_groups"] if mentions(language, group, text)
    ] == []
