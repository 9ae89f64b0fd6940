"""The login, and the logins that a demonstration offers."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from mutualgov.tenancy.models import Mutual


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A login with an e-mail address; without a password it signs in by code or passkey."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A site operator: may start mutuals and see that the site runs; sees no mutual's records by that alone."""
        return self.create_user(email, password, is_site_operator=True, **fields)


class User(AbstractBaseUser):
    """A login: an e-mail address and a name to greet. What it may do is granted per mutual (access.RoleGrant)."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_site_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_login_per_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class DemoLogin(models.Model):
    """A login of the demonstration that the front page offers in one click. None exists on a real site."""

    key = models.SlugField(unique=True)  # its address: /demo/<key>/
    label = models.CharField(max_length=120)  # what the button says
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="demo_login")
    mutual = models.ForeignKey(Mutual, null=True, on_delete=models.CASCADE, related_name="demo_logins")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.label
