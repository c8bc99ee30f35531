"""Gettext catalogues: messages extracted from code and templates, one catalogue for each language.

Works with Babel alone, without the system's gettext. Templates are read by Django's own parser, so
that a message id here is exactly what the page will look up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template import Context
from django.template.base import Node, Template
from django.template.engine import Engine
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# {% missing _("nobody named") %}
TRANSLATED_ARGUMENT = re.compile(r"""\b_\((?:"([^"]+)"|'([^']+)')\)""")
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

# The messages themselves are English; every other language of the interface has a catalogue.
TRANSLATED_LANGUAGES = [code for code, __ in settings.LANGUAGES if code != "en"]

Message = str | tuple[str, ...]  # or (singular, plural)
ExtractedMessage = tuple[str, Message, str | None]  # (file, message, context)


def extract_messages() -> Catalog:
    """Every message of the code and the templates, without translations."""
    catalog = Catalog(project="Splot", charset="utf-8")
    for place, message, context in sorted(
        [*_extract_from_code(), *_extract_from_templates()], key=lambda found: found[0]
    ):
        where = cast("list[tuple[str, int]]", [(place, None)])  # Babel can do without the line
        catalog.add(message, context=context, locations=where)
    return catalog


def catalogue_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    """The kept catalogue of a language, or an empty one."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Splot", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write_catalogue(language: str, catalog: Catalog) -> None:
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False
        )


def catalogue_faults(language: str) -> list[str]:
    """What is wrong with a language's catalogue: missing, doubtful, or with other placeholders than
    the source.
    """
    kept, found = read_catalogue(language), []
    for message in extract_messages():
        if not message.id:
            continue
        translated = kept.get(message.id, message.context)
        ids = _forms(message.id)
        strings = _forms(translated.string) if translated else ("",)
        if not translated or not all(strings):
            found.append(f"not translated: {ids[0]!r}")
        elif translated.fuzzy:
            found.append(f"doubtful: {ids[0]!r}")
        elif any(_find_placeholders(string) - _find_placeholders(ids[-1]) for string in strings):
            found.append(f"other placeholders: {ids[0]!r}")
        elif _find_placeholders(ids[-1]) - _find_placeholders(strings[-1]):
            found.append(f"a placeholder is lost: {ids[0]!r}")
    return found


def _forms(said: str | Sequence[str] | None) -> tuple[str, ...]:
    """The singular with its plurals, or the only form."""
    return (said or "",) if said is None or isinstance(said, str) else tuple(said)


def _find_placeholders(string: str) -> set[str]:
    return set(PLACEHOLDERS.findall(string))


def _extract_from_code() -> Iterator[ExtractedMessage]:
    for path in sorted((settings.BASE_DIR / "splot").rglob("*.py")):
        if "migrations" not in path.parts:
            found = extract_from_file("python", path, keywords=KEYWORDS)
            for _line, message, _notes, context in found:
                yield _source_path(path), message, context


def _extract_from_templates() -> Iterator[ExtractedMessage]:
    engine = Engine.get_default()
    for path in sorted(
        path
        for path in (settings.BASE_DIR / "splot").rglob("*")
        if path.suffix in (".html", ".svg")
    ):
        source = path.read_text("utf-8")
        for double, single in TRANSLATED_ARGUMENT.findall(source):
            yield _source_path(path), double or single, None
        for node in _walk_nodes(Template(source, engine=engine).nodelist):
            if isinstance(node, TranslateNode):
                literal = node.filter_expression.var.literal
                yield _source_path(path), str(literal).replace("%", "%%"), _message_context(node)
            elif isinstance(node, BlockTranslateNode):
                singular = node.render_token_list(node.singular)[0]
                plural = node.render_token_list(node.plural)[0] if node.plural else ""
                yield (
                    _source_path(path),
                    (singular, plural) if plural else singular,
                    _message_context(node),
                )


def _walk_nodes(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        # block tags (SimpleBlockNode) keep their content in `nodelist` without declaring it
        for name in {*node.child_nodelists, "nodelist"}:
            yield from _walk_nodes(getattr(node, name, None) or ())


def _message_context(node: TranslateNode | BlockTranslateNode) -> str | None:
    return node.message_context.resolve(Context()) if node.message_context else None


def _source_path(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR).as_posix()
