"""Columns that only files have, and the words that tell whose money is meant (small and without
marks, `normalise_name`). The headings of each column are in `column_imports`.
"""

ORDER, NUMBER, CODE, AREA, STARTS, DUE = "order", "number", "code", "area", "starts", "due"
STATUS, GROUP = "status", "group"  # of our own files, and not read: no column of the table
AS_TEXT = ""  # kept as text

# Whose money a heading or a cell speaks of; earlier lines win.
SOURCE_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "sought",
        r"poszukiw|do pozyskania|niezabezpiecz|brak zrodla|not found yet|sought|to be found"
        r"|шука",
    ),
    (
        "eu",
        r"\bue\b|unijn|unii europ|europejsk|\beu\b|european union|\bamif\b|\bfami\b|\befs"
        r"|feniks|\bfers\b|\bєс\b|європ",
    ),
    (
        "state",
        r"panstw|wojewod|rzadow|ministers|centraln|state|national|government|держав"
        r"|funduszu? pracy|pfron",
    ),
    (
        "own",
        r"miast|miejsk|gmin|wlasn|samorzad|municip|city|own|council|міськ|власн|міст",
    ),
    (
        "other",
        r"zewnetrz|inne|inny|grant|norwesk|eog|fundacj|sponsor|darowizn|unicef|unhcr|iom|other"
        r"|outside|external|інш",
    ),
)
