"""Word files for tests, with true automatic numbering: lists defined in numbering.xml, not
typed.
"""

import io

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(tag, **attributes):
    """An element such as w:numFmt with attributes in Word's namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


class WordFile:
    """A document to which numbered paragraphs, tables and tracked changes can be added."""

    def __init__(self):
        self.document = docx.Document()
        self.numbering = self.document.part.numbering_part.element
        for old in list(self.numbering):
            self.numbering.remove(old)
        self.lists = 0

    def define_list(self, *levels):
        """A new list; each level is (format, text) or (format, text, {extra tag: value}). Returns
        its numId.
        """
        self.lists += 1
        abstract = element("w:abstractNum", abstractNumId=self.lists)
        for depth, (form, text, *extra) in enumerate(levels):
            level = element("w:lvl", ilvl=depth)
            options = {"start": 1, **(extra[0] if extra else {})}
            level.append(element("w:start", val=options.pop("start")))
            level.append(element("w:numFmt", val=form))
            for name, value in options.items():
                level.append(element(f"w:{name}", val=value))
            level.append(element("w:lvlText", val=text))
            abstract.append(level)
        nums = self.numbering.findall(qn("w:num"))
        self.numbering.insert(len(self.numbering) - len(nums), abstract)
        return self.use_list(self.lists)

    def use_list(self, abstract, restart=None):
        """A further instance of a list; restart = {depth: first number}. Returns its numId."""
        num_id = len(self.numbering.findall(qn("w:num"))) + 1
        num = element("w:num", numId=num_id)
        num.append(element("w:abstractNumId", val=abstract))
        for depth, first in (restart or {}).items():
            override = element("w:lvlOverride", ilvl=depth)
            override.append(element("w:startOverride", val=first))
            num.append(override)
        self.numbering.append(num)
        return num_id

    def add(self, text, num_id=None, depth=0, style=None):
        """A paragraph, numbered when it is given a list."""
        paragraph = self.document.add_paragraph(text, style=style)
        if num_id is not None:
            numbered = element("w:numPr")
            numbered.append(element("w:ilvl", val=depth))
            numbered.append(element("w:numId", val=num_id))
            paragraph._p.get_or_add_pPr().append(numbered)
        return paragraph

    def insert(self, paragraph, text):
        """A tracked insertion at the end of a paragraph."""
        self._track(paragraph, "w:ins", "w:t", text)

    def delete(self, paragraph, text):
        """A tracked deletion at the end of a paragraph."""
        self._track(paragraph, "w:del", "w:delText", text)

    def _track(self, paragraph, change, tag, text):
        mark = element(change, id=1, author="editor")
        run, words = element("w:r"), element(tag)
        words.text = text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        mark.append(run)
        paragraph._p.append(mark)

    def data(self):
        """The file's bytes."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def with_part(data, name, xml):
    """The same file with one part more (or another in its place), as a foreign program might write
    it.
    """
    import zipfile

    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, xml)
    return made.getvalue()
