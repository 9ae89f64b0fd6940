from django.urls import path

from mutualgov.access.navigation import NavItem

from . import views
from .permissions import SEE_NOTICES

app_name = "notices"
urlpatterns = [
    path("notices/", views.Notices.as_view(), name="notices"),
    path("notices/samples/", views.Samples.as_view(), name="samples"),
]
NAVIGATION = [NavItem("Notices", "notices:notices", SEE_NOTICES)]
