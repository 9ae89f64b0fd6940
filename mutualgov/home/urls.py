"""The site's own pages, outside any mutual."""

from django.urls import path

from . import founding, views

app_name = "site"
urlpatterns = [
    path("", views.FrontPage.as_view(), name="front"),
    path("accounts/", views.Security.as_view(), name="security"),
    path("start/", founding.ChooseTemplate.as_view(), name="start"),
    path("start/name/", founding.NameMutual.as_view(), name="start-name"),
    path("start/rules/", founding.WriteRules.as_view(), name="start-rules"),
    path("start/check/", founding.CheckAnswers.as_view(), name="start-check"),
    path("start/found/", founding.Found.as_view(), name="start-found"),
    path("demo/<slug:key>/", views.DemoSignIn.as_view(), name="demo"),
]
