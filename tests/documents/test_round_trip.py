"""Generated acts, printed and read back: the same tree, and not one word lost."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from splot.documents.readers import read_document
from splot.documents.tree import Document
from tests.documents.acts import make_act, print_act, shape

chances = st.builds(Random, st.integers(0, 2**32))


@settings(max_examples=300, deadline=None)
@given(chances, st.integers(1, 120))
def test_a_printed_act_reads_back_as_the_same_tree(chance, provisions):
    act = make_act(chance, provisions)
    text = print_act(act)
    read = read_document(text.encode(), "act.txt")
    assert shape(read.nodes) == shape(act.nodes)
    assert (read.title, read.preamble) == (act.title, act.preamble)
    assert read.words() == text.split()
    assert read.problems == []


@settings(max_examples=50, deadline=None)
@given(chances)
def test_eids_are_unique_and_json_keeps_everything(chance):
    read = read_document(print_act(make_act(chance)).encode(), "act.txt")
    eids = [node.eid for node, _ancestors in read.walk()]
    assert len(set(eids)) == len(eids)
    assert Document.from_json(read.to_json()) == read
