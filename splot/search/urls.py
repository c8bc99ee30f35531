from django.urls import path

from .pages import search

urlpatterns = [path("search/", search.search, name="search")]
