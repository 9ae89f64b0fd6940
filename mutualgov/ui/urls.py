from django.urls import path

from .views import KitPage, KitProgress

urlpatterns = [
    path("", KitPage.as_view(), name="kit"),
    path("progress/", KitProgress.as_view(), name="kit_progress"),
]
