from django.urls import path

from .pages import edit, policies, readings, text

urlpatterns = [
    path("policy/", policies.policy_list, name="policies"),
    path("policy/import/", readings.upload, name="import_policy"),
    path("policy/import/<int:number>/", readings.proposal, name="reading"),
    path("policy/import/<int:number>/save/", readings.save, name="save_reading"),
    path("policy/<slug:term>/edit/", edit.edit, name="edit_policy"),
    path("policy/<slug:term>/areas/<int:number>/edit/", edit.edit_area, name="edit_area"),
    path("policy/<slug:term>/publish/", edit.publish, name="publish_policy"),
    path("policy/<slug:term>/text/", text.text, name="policy_text"),
]
