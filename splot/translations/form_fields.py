"""Fields of the room's forms that nobody writes in."""


def technical_fields() -> tuple[str, ...]:
    return ("original", "seen", "do")
