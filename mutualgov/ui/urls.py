from django.urls import path

from .views import Accessibility, Help, KitPage, KitProgress

urlpatterns = [
    path("help/", Help.as_view(), name="help"),
    path("help/accessibility/", Accessibility.as_view(), name="accessibility"),
    path("kit/", KitPage.as_view(), name="kit"),
    path("kit/progress/", KitProgress.as_view(), name="kit_progress"),
]
