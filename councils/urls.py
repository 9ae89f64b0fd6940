from django.urls import path

from mutualgov.access.navigation import NavItem

from . import permissions, views

app_name = "councils"
NAVIGATION = [NavItem("Councils", "councils:councils", permissions.SEE)]
SEAT = "councils/<str:body_key>/<str:seat_key>/<int:number>/"
urlpatterns = [
    path("councils/", views.Councils.as_view(), name="councils"),
    path("councils/<str:body_key>/", views.BodyPage.as_view(), name="body"),
    path(SEAT, views.SeatPage.as_view(), name="seat"),
    path(f"{SEAT}fill/", views.Fill.as_view(), name="fill"),
    path(f"{SEAT}end/", views.EndTerm.as_view(), name="end"),
]
