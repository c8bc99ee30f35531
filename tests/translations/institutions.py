"""A room of tests, whose rows are a municipality's institutions: its texts, its page, its address."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import path, reverse

from config.urls import urlpatterns as all_urlpatterns
from splot.people.door import SignedInRequest, page
from splot.people.models import Municipality
from splot.people.rules import Permission, Visitor, has_permission
from splot.translations.side_by_side import answer_side_by_side
from splot.translations.texts import (
    Part,
    TextCollection,
    TranslatableText,
    Translation,
    translation_into,
)

FOLLOWED: list[str] = []


class Institutions(TextCollection):
    part_label = "Kind"

    def __init__(self, municipality: Municipality) -> None:
        self.subject = self.municipality = municipality
        self.title = municipality.name

    def texts(self) -> list[TranslatableText]:
        texts = []
        for row in self.municipality.organisations.order_by("kind", "pk"):
            part = Part(row.kind, row.get_kind_display())
            texts.append(TranslatableText(row, "name", part, "Name"))
        return texts

    def read_again(self) -> "Institutions":
        return Institutions(Municipality.objects.get(pk=self.municipality.pk))

    def side_by_side_url(self, language: str) -> str:
        return reverse("institutions_in", args=[self.municipality.slug, language])

    def machine_url(self, language: str) -> str:
        return self.side_by_side_url(language)

    def follow_translation(self, language: str) -> None:
        FOLLOWED.append(language)


def institutions_in(municipality: Municipality, language: str) -> Translation:
    return translation_into(Institutions(municipality), language)


def can_translate(user: Visitor, translation: Translation) -> bool:
    return has_permission(user, Permission.TRANSLATE_POLICY, translation)


@page(can_translate, find=institutions_in, methods=("GET", "HEAD", "POST"))
def translate_institutions(request: SignedInRequest, translation: Translation) -> HttpResponse:
    return answer_side_by_side(request, translation, "translations/side_by_side.html", {})


urlpatterns = [
    *i18n_patterns(
        path(
            "<slug:municipality>/institutions-in/<slug:language>/",
            translate_institutions,
            name="institutions_in",
        )
    ),
    *all_urlpatterns,
]
