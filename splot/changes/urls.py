from django.urls import path

from .pages import changes

urlpatterns = [
    path("changes/", changes.change_list, name="changes"),
    path("changes.atom", changes.change_feed, name="change_feed"),
]
