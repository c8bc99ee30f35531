"""Markdown as people write it, as bare words: where a text has no room for bold letters and
lists.
"""

import re

MARKUP = re.compile(r"(?m)^#{1,6}\s+|^>\s?|\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")


def paragraphs_without_markup(words: str) -> list[str]:
    """The paragraphs of a text without its markup, each in one line."""
    found = [" ".join(MARKUP.sub("", part).split()) for part in re.split(r"\n\s*\n", words)]
    return [part for part in found if part]
