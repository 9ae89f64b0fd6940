from django.urls import path

from .views import KitPage

urlpatterns = [path("", KitPage.as_view(), name="kit")]
