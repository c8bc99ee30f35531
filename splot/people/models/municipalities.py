"""The tenants, and the base of every row that belongs to one."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.languages import TextField
from splot.core.row_checks import normalise_fields, validate_bounds

from ..authorities import shown_executive

# First parts of an address that are pages of the whole installation, not tenants: those that are
# there, and those that rooms to come will need.
RESERVED_SLUGS = {"desk", "sign-in", "sign-out", "password", "gallery", "about", "health", "assets"}
RESERVED_SLUGS |= {"catalogue", "account", "pl", "en", "uk"}
RESERVED_SLUGS |= {"networks", "practices", "newsletters", "compare", "api"}


class Municipality(models.Model):
    """A tenant: a municipality, or a network of several, which has people, pages and a scope of its
    own just so. Every row that belongs to one carries its own `municipality` key.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        NETWORK = "network", _("network of municipalities")

    class Executive(models.TextChoices):
        UNKNOWN = "", _("not stated yet")
        WOJT = "wojt", _("wójt")
        BURMISTRZ = "burmistrz", _("burmistrz")
        PREZYDENT = "prezydent", _("prezydent miasta")

    class Council(models.TextChoices):
        UNKNOWN = "", _("not stated yet")
        COMMUNE = "rada_gminy", _("rada gminy")
        TOWN = "rada_miejska", _("rada miejska")
        CITY = "rada_miasta", _("rada miasta")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MUNICIPALITY)
    name = TextField()
    slug = models.SlugField(unique=True, validators=[RegexValidator(r"^[a-z][a-z0-9-]+$")])
    # a network is no unit of the territory and has no code
    teryt = models.CharField(max_length=7, null=True, unique=True)
    language = models.CharField(max_length=10, default="pl")
    is_demonstration = models.BooleanField(default=False)
    # who carries out and who adopts; the names in the municipality's own words, see `authorities`
    executive_kind = models.CharField(
        max_length=12, choices=Executive, blank=True, default=Executive.UNKNOWN
    )
    executive_name = models.CharField(max_length=200, blank=True, default="")
    council_kind = models.CharField(
        max_length=12, choices=Council, blank=True, default=Council.UNKNOWN
    )
    council_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug__in=sorted(RESERVED_SLUGS)),
                name="municipality_slug_is_free",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="municipality", teryt__isnull=False)
                | models.Q(kind="network", teryt__isnull=True),
                name="municipality_has_teryt_and_network_none",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_network(self) -> bool:
        return self.kind == self.Kind.NETWORK

    @property
    def scope(self) -> str:
        return self.slug

    @property
    def scopes(self) -> tuple[str, str]:
        """Its own pages, and those that list all municipalities."""
        return self.slug, ""

    @property
    def municipality(self) -> "Municipality":
        """Itself, so that rules ask every row the same way."""
        return self

    @property
    def shown_executive(self) -> str:
        """The executive's name as a heading, in the language of the page."""
        return shown_executive(self)

    @property
    def name_text(self) -> str:
        return str(self.name)


class OtherMunicipality(ValueError):
    """A row would name a parent that belongs to another municipality than itself."""


class MunicipalityModel(models.Model):
    """A row of one municipality, and so are all the rows that it names: saving and changing check
    it.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if field := self._field_of_other_municipality(read=True):
            raise ValidationError({field: _("Choose from the list.")})
        validate_bounds(self)

    def _prepare_related_fields_for_save(
        self, operation_name: str, fields: Iterable[models.Field[Any, Any]] | None = None
    ) -> None:
        """Django asks this before `save`, `bulk_create` and `bulk_update`.

        Parents in memory are asked without a query; those of a new row that are named by their
        keys alone cost one each, but for many rows at once, where they are not asked.
        """
        super()._prepare_related_fields_for_save(operation_name, fields)  # type: ignore[misc]
        self._refuse_other_municipality(read=operation_name == "save" and self._state.adding)
        if self._state.adding:
            normalise_fields(self)
            validate_bounds(self)

    def check_changes(self, names: Collection[str]) -> None:
        """What `splot.core.actions.change` asks before it writes, which is not by `save`."""
        is_moved = not {"municipality", "municipality_id"}.isdisjoint(names)
        self._refuse_other_municipality(read=True, names=None if is_moved else names)
        validate_bounds(self, names)

    def _refuse_other_municipality(self, read: bool, names: Collection[str] | None = None) -> None:
        if field := self._field_of_other_municipality(read, names):
            raise OtherMunicipality(
                f"{type(self).__name__}.{field} would be a row of another municipality"
            )

    def _field_of_other_municipality(self, read: bool, names: Collection[str] | None = None) -> str:
        """The first foreign key, of those with these names if any are given, that leads to another
        municipality, or "". Parents that are not in memory are looked up where `read`.
        """
        own = vars(self).get("municipality_id")
        for field in self._meta.concrete_fields:
            if names is not None and not {field.name, field.attname} & set(names):
                continue
            parents = field.related_model
            if not (isinstance(parents, type) and issubclass(parents, MunicipalityModel)):
                continue
            key = vars(self).get(field.attname)
            parent = vars(self._state).get("fields_cache", {}).get(field.name)
            theirs = getattr(parent, "municipality_id", None)
            if theirs is None and key is not None and read:
                rows = parents._base_manager.filter(pk=key)
                theirs = rows.values_list("municipality_id", flat=True).first()
            if None not in (own, theirs) and own != theirs:
                return field.name
        return ""

    @property
    def scope(self) -> str:
        return self.municipality.slug
