from django.urls import path

from .pages import condition, desk, home, site, trail

site_urlpatterns = [
    path("", site.municipality_list, name="municipalities"),
    path("health/", condition.condition, name="condition"),
    path("gallery/", site.component_gallery, name="gallery"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("desk/", desk.desk, name="desk"),
    path("trail/", trail.audit_trail, name="trail"),
    path("settings/", trail.settings_page, name="settings"),
]
