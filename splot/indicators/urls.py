from django.urls import path

from .pages import edit, indicators

urlpatterns = [
    path("indicators/", indicators.indicator_list, name="indicators"),
    path("indicators/add/", edit.new_indicator, name="add_indicator"),
    path("indicators/<int:number>/", indicators.indicator_detail, name="indicator"),
    path("indicators/<int:number>/edit/", edit.edit_indicator, name="edit_indicator"),
    path("indicators/<int:number>/values/add/", edit.add_value, name="add_observation"),
    path(
        "indicators/<int:number>/values/<int:observation>/",
        edit.edit_value,
        name="edit_observation",
    ),
]
