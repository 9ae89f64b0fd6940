"""The site's own pages, outside any mutual."""

from django.urls import path

from . import views

app_name = "site"
urlpatterns = [
    path("", views.FrontPage.as_view(), name="front"),
    path("accounts/", views.Security.as_view(), name="security"),
    path("demo/<slug:key>/", views.DemoSignIn.as_view(), name="demo"),
]
