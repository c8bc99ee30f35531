"""Users, municipalities (the tenants), organisations, and who may do what where."""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from splot.core.languages import TextField
from splot.core.models import Versioned
from splot.core.row_checks import normalise_fields, validate_bounds

from ..authorities import shown_executive
from .accounts import AccountLink, OpenSession

__all__ = [
    "DEMONSTRATION_PASSWORD",
    "RESERVED_SLUGS",
    "AccountLink",
    "Attempts",
    "Membership",
    "Municipality",
    "MunicipalityModel",
    "OpenSession",
    "Organisation",
    "OrganisationQuerySet",
    "OtherMunicipality",
    "PersonalLink",
    "Publishable",
    "User",
]

# First parts of an address that are pages of the whole installation, not tenants: those that are
# there, and those that rooms to come will need.
RESERVED_SLUGS = {"desk", "sign-in", "sign-out", "password", "gallery", "about", "health", "assets"}
RESERVED_SLUGS |= {"catalogue", "account", "pl", "en", "uk"}
RESERVED_SLUGS |= {"networks", "practices", "newsletters", "compare", "api"}


# Public by design: demonstration accounts hold illustrative data alone.
DEMONSTRATION_PASSWORD = "splot-demo"


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


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person with an account; the e-mail address is the name for signing in."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(max_length=10, default="pl")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False)
    wants_mail = models.BooleanField(default=True)
    last_login = None  # when people were here, to the minute, is nobody's business
    # was the address ever shown to be theirs: by a letter, or by whoever runs the installation?
    is_email_proven = models.BooleanField(default=True)
    # the day alone, for the list of people
    last_sign_in_on = models.DateField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        return ""

    def check_password(self, raw_password: str | None) -> bool:
        """As Django's, without rewriting the stored hash on the way: signing in writes nothing but
        the session.
        """
        return check_password(raw_password, self.password)


class Publishable(models.Model):
    """What is published says who answers for it, who published it, when, and when it last
    changed.
    """

    responsible = TextField(blank=True)
    made_on = models.DateField(null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


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


class Membership(MunicipalityModel):
    """A user's role in a municipality, for one organisation or for the municipality as a whole."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        LEADER = "leader", _("person in charge")
        MONITOR = "monitor", _("monitoring team")
        EDITOR = "editor", _("editor")
        MODERATOR = "moderator", _("moderator")
        INCIDENT_HANDLER = "incident_handler", _("incident handler")
        READER = "reader", _("reader")

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="memberships"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user", "role", "organisation"],
                name="membership_once_for_organisation",
            ),
            models.UniqueConstraint(
                fields=["municipality", "user", "role"],
                condition=models.Q(organisation=None),
                name="membership_once_for_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class PersonalLink(MunicipalityModel):
    """A secret address for one purpose and one person or institution. Only the hash of its secret
    is kept.
    """

    class Purpose(models.TextChoices):
        REPORT = "report", _("reporting on tasks")
        CALENDAR = "calendar", _("calendar feed")

    purpose = models.CharField(max_length=10, choices=Purpose)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="links")
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) ^ models.Q(organisation__isnull=False),
                name="link_is_somebodys",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.user or self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and (
            self.expires_at is None or self.expires_at > timezone.now()
        )


class Attempts(models.Model):
    """How often somebody tried something within a window; see `throttle`. `key` is a keyed hash,
    `ends_at` the second (since 1970) after which the count is worth nothing.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.PositiveBigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at}"
