"""Addresses of the register, its members, the staff feed and a member's own page."""

from django.urls import path

from mutualgov.access.navigation import NavItem

from . import permissions
from .views import feed, member, people, register

app_name = "members"

NAVIGATION = [
    NavItem("Your membership", "members:me", permissions.SEE_OWN_MEMBERSHIP),
    NavItem("Register", "members:register", permissions.SEE_REGISTER),
    NavItem("Staff files", "members:feed", permissions.BRING_IN_STAFF),
]

urlpatterns = [
    path("me/", people.OwnMembership.as_view(), name="me"),
    path("me/opt-out/", people.OptOutOfMembership.as_view(), name="opt-out"),
    path("register/", register.RegisterOfMembers.as_view(), name="register"),
    path("register/file/", register.RegisterFile.as_view(), name="register-file"),
    path("register/admissions/", people.PeopleToAdmit.as_view(), name="admissions"),
    path("register/<str:membership>/", member.MemberPage.as_view(), name="member"),
    path("register/<str:membership>/ending/", member.EndMembership.as_view(), name="end"),
    path("register/<str:membership>/particulars/", member.ChangeParticulars.as_view(), name="particulars"),
    path("register/<str:membership>/login/", member.LinkLogin.as_view(), name="login"),
    path("register/<str:membership>/entries/<int:entry>/strike/", member.StrikeEntry.as_view(), name="strike"),
    path("staff-files/", feed.StaffFeed.as_view(), name="feed"),
    path("staff-files/<str:batch>/", feed.BatchPage.as_view(), name="batch"),
    path("staff-files/<str:batch>/approve/", feed.ApproveBatch.as_view(), name="approve"),
    path("staff-files/<str:batch>/discard/", feed.DiscardBatch.as_view(), name="discard"),
    path("staff-files/<str:batch>/compare/", feed.CompareBatch.as_view(), name="compare"),
    path("staff-files/<str:batch>/answer/", feed.AnswerBatch.as_view(), name="answer"),
    path("staff-files/<str:batch>/groups/", feed.TeachBatch.as_view(), name="groups"),
    path("staff-files/<str:batch>/columns/", feed.MapBatch.as_view(), name="columns"),
]
