"""What plans say of an activity besides who does it: when, what it costs, how it is measured."""

from __future__ import annotations

TIME = "time"
COST, SOURCE, RESOURCE = "cost", "source", "resource"
INDICATOR, RESULT, MONITORING, METHOD = "indicator", "result", "monitoring", "method"
DESCRIPTION, RISK, REMARK, STATE, NUMBERING = "description", "risk", "remark", "state", "numbering"

DETAILS: dict[str, dict[str, tuple[str, ...]]] = {
    TIME: {
        "pl": ("termin(y)?", "harmonogram", "okres", "czas", "rok", "lata"),
        "en": ("due date", "deadline(s)?", "timeframe(s)?", "time frame(s)?", "timeline",
               "schedule", "period"),
        "cs": ("termín(y)?", "lhůta"),
        "uk": ("термін(и)?", "строк(и)?"),
        "de": ("zeitraum", "zeitrahmen", "zeitplan", "laufzeit", "dauer", "frist"),
        "es": ("plazo(s)?", "calendario", "cronograma"),
    },
    INDICATOR: {
        "pl": ("wskaźnik(i/ów)?", "miernik(i/ów)?", "miar(a/y)"),
        "en": ("indicator(s)?", "measurement", "target value(s)?", "targets"),
        "cs": ("indikátor(y)?", "ukazatel(e)?", "ukazovateľ"),
        "uk": ("показник(и)?", "індикатор(и)?"),
        "de": ("indikator(en)?", "kennzahl(en)?"),
        "es": ("indicador(es)?",),
    },
    COST: {
        "pl": ("budżet", "finanse", "finansowan(ie)", "koszt(y)?", "nakład(y)", "kwot(a/y)"),
        "en": ("budget", "funds", "funding", "cost(s)?", "amount"),
        "cs": ("rozpočet", "náklad(y)"),
        "uk": ("бюджет", "кошт(и)", "вартість", "сума"),
        "de": ("kosten", "mittel", "finanzierung"),
        "es": ("presupuesto", "financiación", "coste(s)?", "importe"),
    },
    SOURCE: {
        "pl": ("źródł(o/a)",),
        "en": ("source(s)?",),
        "cs": ("zdroj(e)?",),
        "uk": ("джерел(о/а)",),
        "de": ("quelle(n)?",),
        "es": ("fuente(s)?",),
    },
    RESOURCE: {
        "pl": ("środk(i)", "zasob(y)"),
        "en": ("resource(s)?",),
        "es": ("recursos",),
    },
    RESULT: {
        "pl": ("rezultat(y)?", "efekt(y)?", "produkt(y)?", "oczekiwan*",
               "planowan* efekt*|rezultat*"),
        "en": ("result(s)?", "outcome(s)?", "output(s)?",
               "expected result(s)?|outcome(s)?|output(s)?"),
        "cs": ("výstup(y)?",),
        "uk": ("результат(и)?",),
        "de": ("ergebnis(se)?",),
    },
    MONITORING: {
        "pl": ("monitor(ing/owanie)", "ewaluacj(a)"),
        "en": ("evaluation",),
    },
    METHOD: {
        "pl": ("sposób", "sposoby", "metod(a/y)", "narzędzi(e/a)", "forma", "formy", "podstawa",
               "wartoś(ć)"),
        "en": ("method(s)?", "tool(s)?"),
    },
    DESCRIPTION: {
        "pl": ("opis", "uzasadnienie", "diagnoza"),
        "en": ("description", "rationale", "justification"),
        "cs": ("popis",),
        "uk": ("опис",),
        "de": ("beschreibung",),
        "es": ("descripción",),
    },
    RISK: {"pl": ("ryzyk(o/a)",), "en": ("risk(s)?",)},
    REMARK: {
        "pl": ("uwag(a/i)", "komentarz(e)?"),
        "en": ("note(s)?", "remark(s)?", "comment(s)?"),
        "uk": ("примітк(а/и)",),
        "de": ("bemerkung(en)?", "anmerkung(en)?"),
        "cs": ("poznámk(a/y)",),
        "es": ("observacion(es)", "observación"),
    },
    STATE: {
        "pl": ("status", "stan", "stopień realizacji"),
    },
    NUMBERING: {"pl": ("lp", "l.p", "l. p")},
}  # fmt: skip
