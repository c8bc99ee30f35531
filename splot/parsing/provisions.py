"""How Polish drafting marks provisions: "art. 5", "§ 4 ust. 1 pkt 2 lit. a tiret 3"."""

PROVISION_NUMBER = r"\d{1,4}[a-z]{0,2}[⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}"  # 4, 4a, 4aa, 4¹
PROVISION_LETTER = r"[a-z]{1,2}"
# {kind: the mark before its number}, the outermost first
PROVISION_MARKS = {
    "article": r"[Aa]rt\.",
    "paragraph": "§§?",
    "subparagraph": r"[Uu]st\.",
    "point": "[Pp]kt",
    "alinea": r"[Ll]it\.",
    "indent": "[Tt]iret",
}
# the words of the marks, and the marks as people write them, with a full stop or without
INNER_MARK_WORDS = "ust|pkt|lit|tiret"
LOOSE_MARK = rf"§+|\b(?:art|{INNER_MARK_WORDS})\b\.?"
