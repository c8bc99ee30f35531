from django.urls import path

from .pages import desk, home, site, trail

urlpatterns = [
    path("", site.municipality_list, name="municipalities"),
    path("gallery/", site.component_gallery, name="gallery"),
    path("<slug:municipality>/", home.home, name="home"),
    path("<slug:municipality>/desk/", desk.desk, name="desk"),
    path("<slug:municipality>/trail/", trail.audit_trail, name="trail"),
    path("<slug:municipality>/settings/", trail.settings_page, name="settings"),
]
