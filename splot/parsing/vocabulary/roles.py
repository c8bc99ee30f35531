"""For whom an activity is, who is responsible for it and who takes part."""

from __future__ import annotations

AUDIENCE, LEADER, PARTNER = "audience", "leader", "partner"
INSTITUTION = "institution"

ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    AUDIENCE: {
        "pl": ("odbiorc(y/a/ów/ami)", "adresa(ci/t/tów)", "beneficjen(ci/t/tów)",
               "uczestni(cy/czki/ków)", "grup(a/y) docelow*|odbiorc*"),
        "en": ("target|sensitive audience(s)?|group(s)?|population(s)?", "audience(s)?",
               "beneficiar(y/ies)", "addressee(s)?", "participant(s)?", "recipient(s)?",
               "for whom"),
        "cs": ("cílov(á/é) skupin(a/y)", "cieľov(á/é) skupin(a/y)"),
        "uk": ("цільов(а/і/ої) аудиторі*|груп*", "адресат(и/ів)?", "отримувач(і/ів)?"),
        "de": ("zielgruppe(n)?",),
        "es": ("destinatari(o/a/os/as)", "beneficiari(o/a/os/as)",
               "población destinataria|objetivo"),
    },
    LEADER: {
        "pl": (
            "jednost(ka/ki)|podmiot(y)?|komór(ka/ki)|instytucj(a/e)|osob(a/y)|wydział(y)? _"
            " odpowiedzialn*|realizując*|wiodąc*|wykonując*|koordynując*|prowadząc*|zaangażowan*"
            "|wdrażając*",
            "lider(zy/ka/ów/em/ami)?", "koordynator(zy/ka/ów/em)?",
            "realizator(zy/ów/em/ami)?", "realizacj(a/ę)",
            "odpowiada(ją)?", "za realizację|wykonanie odpowiada(ją)?",
            "wykonawc(a/y/ów)", "gestor(zy)?", "odpowiedzialn(y/a/i/e/ość)", "realizując(y/a)",
        ),
        "en": (
            "leader(s)?", "lead(s)?", "coordinator(s)?", "responsib(le/ility/ilities)",
            "implementer(s)?", "owner(s)?",
            "lead|leading|implementing|coordinating|responsible|municipal"
            " bod(y/ies)|institution(s)?|partner(s)?|unit(s)?|department(s)?|entit(y/ies)"
            "|organisation(s)?|organization(s)?",
        ),
        "cs": ("gestor(i)?", "garant(i)?", "odpovědn(ost/ý/á/é)", "zodpovědn*", "zodpovedn*",
               "realizátor(i)?", "nositel(é)?"),
        "uk": ("відповідальн(ий/і/а)", "виконав(ець/ці/ців)", "координатор(и)?", "лідер(и)?"),
        "de": ("verantwort(lich/liche/lichkeit/ung)", "federführ(ung/end)", "zuständig(keit)?",
               "umsetzung durch"),
        "es": ("responsable(s)?",
               "entidad(es)?|organismo(s)?|área(s)? responsable(s)?"),
    },
    PARTNER: {
        "pl": ("partner(zy/ów/ami/em)?", "współprac(a/y)", "współrealizator(zy)?",
               "podmioty współpracujące"),
        "en": ("partners", "cooperation", "social partner(s)?"),
        "cs": ("spolupráce", "spolupracující"),
        "uk": ("партнер(и/ів)?",),
        "de": ("kooperation*", "beteiligte"),
        "es": ("colaborador(es/as)?", "entidades colaboradoras", "colaboración", "soci(o/a)s"),
    },
    INSTITUTION: {  # in a table the one in charge; too common a word to begin a passage with
        "pl": ("instytucj(a/e)", "jednost(ka/ki)", "podmiot(y)?", "organizac(ja/je)"),
        "en": ("institution(s)?", "organisation(s)?", "organization(s)?"),
        "uk": ("установ(а/и)",),
        "es": ("entidad(es)?",),
    },
}  # fmt: skip
