from django.urls import path

from .pages import catalogue

site_urlpatterns = [
    path("catalogue/", catalogue.catalogue_overview, name="catalogue"),
    path("catalogue/<slug:slug>/", catalogue.aspect_detail, name="catalogue_aspect"),
]
