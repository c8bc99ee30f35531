"""Words by which the chapters of a programme say that they are its plan, or something else."""

import re

# headings of nothing but such words: "Priorytety, cele i działania na lata 2024-2027"
PLAN_WORD = (
    r"działa\w+|zada\w+|priorytet\w*|obszar\w*|cel\w{0,3}|kierunk\w*|aspekt\w*|przedsięwzię\w*|"
    r"plan\w*|program\w*|actions?|activities|measures?|priorit\w+|aspects?|areas?|objectives?|aims|"
    r"goals|opatření|oblasti|cíle|завдан\w+|заход\w+|пріоритет\w*|напрям\w*|цілі|maßnahm\w+|"
    r"handlungsfeld\w*|ziele|ejes|objetivos|medidas|acciones|líneas|ámbitos"
)
BESIDE_PLAN_WORD = (
    r"strategiczn\w+|operacyjn\w+|szczegółow\w+|główn\w+|na|lata|rok|i|oraz|and|a|the|of|for|und|"
    r"та|і|y|de|estratégic\w+|suggested|strategic|specific|[\d–-]+"
)
PLAN_CHAPTER_WORD = re.compile(rf"{PLAN_WORD}|{BESIDE_PLAN_WORD}", re.I)
PLAN_NAME = re.compile(
    r"\b(?:program|plan|strateg|polity|polic|koncepc|koncept|програм|стратег|політик|działa|measures)",
    re.I,
)
OTHER_CHAPTER = re.compile(
    r"\b(?:wprowadzen|wstęp|diagnoz|analiz|monitor|ewaluac|sprawozd|finansowan|budżet|źródł|słowni|"
    r"definicj|podstaw\w* prawn|wizj|misj|wartości|zasady|harmonogram|podsumowan|zakończen|"
    r"załącznik|bibliograf|realizator|partner|odbiorc|wdrażan|zarządzan|introduction|background|"
    r"diagnosis|analysis|vision|mission|values|principles|budget|funding|monitor|evaluat|report|"
    r"conclusion|summary|glossary|definitions|implementation|about|úvod|analýz|závěr|rozpočet|"
    r"hodnocení|realizace|вступ|діагно|аналіз|моніторинг|оцін|бюджет|фінанс|висновк|einleitung|"
    r"ausgangslage|umsetzung|fazit|introducción|diagnóstico|seguimiento|presupuesto|marco)",
    re.I,
)
