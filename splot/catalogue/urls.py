from django.urls import path

from .pages import catalogue

urlpatterns = [
    path("catalogue/", catalogue.overview, name="catalogue"),
    path("catalogue/<slug:slug>/", catalogue.aspect, name="aspect"),
]
