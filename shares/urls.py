from django.urls import path

from mutualgov.access.navigation import NavItem

from . import permissions, views

app_name = "shares"
NAVIGATION = [
    NavItem("Shares", "shares:register", permissions.SEE_LEDGER),
    NavItem("My share", "shares:mine", permissions.SEE_OWN),
]
urlpatterns = [
    path("shares/", views.ShareRegister.as_view(), name="register"),
    path("shares/register.csv", views.ShareRegisterCsv.as_view(), name="register_csv"),
    path("shares/mine/", views.MyShares.as_view(), name="mine"),
    path("shares/mine/certificates.pdf", views.MyCertificates.as_view(), name="my_certificates"),
    path("shares/entries/<str:reference>/", views.Entry.as_view(), name="entry"),
    path("shares/entries/<str:reference>/reverse/", views.Reverse.as_view(), name="reverse"),
    path("shares/holders/<str:reference>/", views.Holder.as_view(), name="holder"),
    path("shares/holders/<str:reference>/<str:class_key>/settle/", views.Settle.as_view(), name="settle"),
    path("shares/holders/<str:reference>/<str:class_key>/transfer/", views.Transfer.as_view(), name="transfer"),
    path("shares/<str:class_key>/without/", views.Without.as_view(), name="without"),
    path("shares/<str:class_key>/allot/", views.Allot.as_view(), name="allot"),
    path("shares/<str:class_key>/certificates/<int:number>/", views.CertificatePage.as_view(), name="certificate"),
    path(
        "shares/<str:class_key>/certificates/<int:number>/certificate.pdf",
        views.CertificatePdf.as_view(),
        name="certificate_pdf",
    ),
]
