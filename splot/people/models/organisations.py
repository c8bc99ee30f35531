"""Institutions of a municipality."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.languages import TextField
from splot.core.models import Versioned

from .municipalities import Municipality, MunicipalityModel


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def municipal(self) -> "OrganisationQuerySet":
        return self.filter(kind__in=Organisation.MUNICIPAL)

    def outside(self) -> "OrganisationQuerySet":
        return self.exclude(kind__in=Organisation.MUNICIPAL)


class Organisation(MunicipalityModel, Versioned):
    """An institution that carries out, supports or is asked."""

    class Kind(models.TextChoices):
        MUNICIPAL_UNIT = "municipal_unit", _("municipal unit")
        MUNICIPAL_COMPANY = "municipal_company", _("municipal company")
        AUXILIARY_UNIT = "auxiliary_unit", _("district or village council")
        COUNTY_UNIT = "county_unit", _("county unit")
        NGO = "ngo", _("non-governmental organisation")
        INFORMAL_GROUP = "informal_group", _("informal group")
        UNIVERSITY = "university", _("university")
        GOVERNMENT = "government", _("government body")
        ADVISORY_BODY = "advisory_body", _("advisory body")
        HEALTH_PROVIDER = "health_provider", _("health care provider")
        RELIGIOUS = "religious", _("religious community")
        EMPLOYER = "employer", _("employer")
        MEDIA = "media", _("media")
        INTERNATIONAL = "international", _("international organisation")

    MUNICIPAL = (Kind.MUNICIPAL_UNIT, Kind.MUNICIPAL_COMPANY, Kind.AUXILIARY_UNIT)

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="organisations")
    name = TextField()
    kind = models.CharField(max_length=20, choices=Kind)
    # where its tasks are asked about when nobody is in charge
    email = models.EmailField(blank=True)
    wants_mail = models.BooleanField(default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_municipal(self) -> bool:
        return self.kind in self.MUNICIPAL
