"""What plans call their parts: areas, aims, activities.

Each line is one noun in all its forms. A form that is singular as well, be it in another language
("priority" in English and Czech), is marked as no plural.
"""

from __future__ import annotations

AREA, PILLAR, AIM, ACTIVITY = "area", "pillar", "aim", "activity"
TASK, SOLUTION, PROJECT = "task", "solution", "project"
NAME, CHAPTER, QUALITY, OPENER = "name", "chapter", "quality", "opener"

PLAN_PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    AREA: {
        "pl": (
            "priorytet(u/ów/em/ami/ach/owi/om)?, +priorytety",
            "obszar(u/ów/em/ami/ach/owi/om/ze)?, +obszary",
            "dziedzin(a/ie/ę/ą)?, sfer(a/ze/ę/ą)?, aspekt(u/ów)?, +dziedziny, +sfery, +aspekty",
        ),
        "en": (
            "priority, area, strand, theme, domain, aspect, field, +priorities, +areas, +strands,"
            "+themes, +domains, +aspects, +fields",
        ),
        "cs": ("priorit(a/u), oblast(í)?, oblasť, +oblasti",),
        "uk": ("пріоритет(у/ів)?, сфера, галузь, царина, +пріоритети, +сфери, +галузі, +царини",),
        "de": (
            "handlungsfeld, schwerpunkt, themenfeld, handlungsbereich, bereich, priorität,"
            "+handlungsfelder, +schwerpunkte, +themenfelder, +handlungsbereiche, +bereiche",
        ),
        "es": ("eje, ámbito, área, línea, prioridad, dimensión, +ejes, +ámbitos, +áreas, +líneas,"
               "+prioridades, +dimensiones",),
    },
    PILLAR: {  # groups areas or aims, or stands in their place
        "pl": ("filar(u/ów)?, oś, +filary, +osie", "kierun(ek/ku/ków/kiem/kach/kom), +kierunki"),
        "en": ("pillar, +pillars",),
        "cs": ("pilíř(ů)?, pilier, +pilíře, +piliere", "směr, +směry"),
        "uk": ("напрям(ок/ку/ків/у/ів)?, +напрями, +напрямки",),
    },
    AIM: {
        "pl": ("cel(u/ów/em/ami/ach/owi/om)?, +cele",),
        "en": ("aim, goal, objective, +aims, +goals, +objectives",),
        "cs": ("cíl(ů/em)?, cieľ, +cíle, +ciele",),
        "uk": ("ціл(ь/ей), мет(а/и/у), +цілі",),
        "de": ("ziel(en/s)?, teilziel(en/s)?, leitziel(en/s)?, oberziel(en/s)?, +ziele, +teilziele,"
               "+leitziele, +oberziele",),
        "es": ("objetivo, meta, finalidad, +objetivos, +metas, +finalidades",),
    },
    ACTIVITY: {
        "pl": (
            "działani(e/u/em/ami/ach/om), działań, +działania",
            "przedsięwzięci(e/u/em/ami/ach/om), przedsięwzięć, inicjatyw(a)?, +przedsięwzięcia,"
            "+inicjatywy",
        ),
        "en": ("activity, action, measure, initiative, intervention, +activities, +actions,"
               "+measures, +initiatives, +interventions",),
        "cs": ("aktivita, činnost, +aktivity, +činnosti",),
        "uk": ("ді(я/й), +дії",),
        "de": ("aktivität, +aktivitäten",),
        "es": ("actividad, iniciativa, +actividades, +iniciativas",),
    },
    TASK: {  # an activity in an act; in a table the word for its rows
        "pl": ("zada(nie/niu/niem/niami/niach/niom/ń), +zadania",),
        "en": ("task, +tasks",),
        "cs": ("opatření, opatrenie, úkol(ů)?, úloha, +opatrenia, +úkoly, +úlohy",),
        "uk": ("завдання, завдань, захід, заход(у/ів), +заходи",),
        "de": ("maßnahme, +maßnahmen",),
        "es": ("medida, acción, actuación, tarea, +medidas, +acciones, +actuaciones, +tareas",),
    },
    SOLUTION: {  # heads a column of tasks, and no passage of an act
        "pl": ("rozwiązani(e/a)",),
        "en": ("solution(s)?",),
        "uk": ("рішення", "діяльність"),
        "de": ("aufgabe(n)?", "einzelmaßnahme(n)?", "teilmaßnahme(n)?", "vorhaben"),
    },
    PROJECT: {
        "pl": ("projekt(y)?",),
        "en": ("project(s)?",),
        "cs": ("akce",),
        "de": ("projekte", "schritt(e)?"),
        "es": ("proyecto(s)?",),
    },
    NAME: {
        "pl": ("nazwa, nazwy", "tytuł(y)?"),
        "en": ("name(s)?", "title(s)?"),
        "cs": ("název",),
        "uk": ("назва, назви", "найменування", "зміст"),
        "de": ("bezeichnung", "titel"),
        "es": ("nombre", "denominación"),
    },
    CHAPTER: {
        "pl": ("moduł(y)?", "dzia(ł)", "rozdział(y)?"),  # "dział" also begins "działanie"
        "en": ("chapter(s)?",),
        "cs": ("kapitola",),
        "uk": ("розділ",),
        "de": ("kapitel",),
        "es": ("capítulo",),
    },
    QUALITY: {  # stands beside the noun of a level and tells it from another
        "pl": ("główn*, ogóln*, strategiczn*, operacyjn*, szczegółow*, nadrzędn*, horyzontaln*,"
               "kierunkow*, generaln*, pośredni*, priorytetow*, tematyczn*, interwencji, działań,"
               "działania, rozwoju, wsparcia, cząstkow*, polityki, programu, integracji",),
        "en": ("main, strategic, operational, specific, general, overall, overarching, key,"
               "thematic, priority, policy, programme",),
        "cs": ("strategick*, specifick*, operačn*, operatívn*, dílčí*, hlavn*, obecn*, prioritn*,"
               "špecifick*, tematick*, politiky",),
        "uk": ("стратегічн*, операційн*, основн*, головн*, конкретн*, загальн*, пріоритетн*",),
        "de": ("strategische*, operative*, übergeordnete*",),
        "es": ("estratégic*, específic*, generales, operativ(o/a), operativ(os/as), prioritari*,"
               "de actuación|intervención",),
    },
    OPENER: {  # may stand before the noun and says nothing of its own
        "pl": ("proponowan*, planowan*, przykładow*, zakładan*, przewidywan*, rekomendowan*,"
               "kluczow*, podstawow*, lista, wykaz, katalog, opis celu",),
        "en": ("suggested, proposed, planned, recommended, concrete, detailed, list of, name of,"
               "the",),
        "cs": ("navrhovan*, plánovan*, konkrétní, seznam",),
        "uk": ("запропонован*, заплановані, перелік",),
        "de": ("geplante, vorgeschlagene, konkrete",),
    },
}  # fmt: skip
