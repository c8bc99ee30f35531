"""The municipalities of the demonstration and their accounts: posts, never persons."""

from splot.core.values import Values

MUNICIPALITIES: tuple[Values, ...] = (
    {
        "slug": "poznan",
        "name": {"pl": "Poznań", "en": "Poznań", "uk": "Познань"},
        "teryt": "3064011",
        "executive": "Prezydent Miasta Poznania",
        "council": "Rada Miasta Poznania",
    },
    {
        "slug": "lublin",
        "name": {"pl": "Lublin", "en": "Lublin", "uk": "Люблін"},
        "teryt": "0663011",
        "executive": "Prezydent Miasta Lublin",
        "council": "Rada Miasta Lublin",
    },
)

# One account for each role, in each town: the part before the @, the name people see, the role.
ACCOUNTS = (
    ("coordinator", "Koordynator polityki", "coordinator"),
    ("leader-education", "Referat edukacji", "leader"),
    ("leader-equality", "Referat równego traktowania", "leader"),
    ("leader-work", "Referat rynku pracy", "leader"),
    ("leader-culture", "Referat kultury", "leader"),
    ("leader-support", "Referat wsparcia", "leader"),
    ("leader-health", "Referat zdrowia", "leader"),
    ("leader-housing", "Referat mieszkań", "leader"),
    ("leader-neighbourhoods", "Referat dzielnic", "leader"),
    ("leader-participation", "Referat udziału mieszkańców", "leader"),
    ("monitor", "Zespół monitorujący", "monitor"),
    ("editor", "Redakcja", "editor"),
    ("moderator", "Moderacja", "moderator"),
    ("handler", "Osoba przyjmująca zgłoszenia", "incident_handler"),
    ("reader", "Czytelnik", "reader"),
)
