"""The post room: outside any mutual."""

from django.urls import path

from . import views

app_name = "post_room"
urlpatterns = [
    path("", views.PostRoom.as_view(), name="letters"),
    path("<int:number>/", views.PostRoomLetterPage.as_view(), name="letter"),
]
