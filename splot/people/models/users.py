"""People with an account, what they may do where, and who answers for what is published."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.utils.translation import gettext_lazy as _

from splot.core.languages import TextField

from .municipalities import Municipality, MunicipalityModel
from .organisations import Organisation

# Public by design: demonstration accounts hold illustrative data alone.
DEMONSTRATION_PASSWORD = "splot-demo"


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
