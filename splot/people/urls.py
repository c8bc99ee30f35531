from django.urls import path

from .pages import account, authorities, organisations, sign_in, unsaved

site_urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
]
urlpatterns = [
    path("unsaved/", unsaved.unsaved, name="unsaved"),
    path("authorities/", authorities.edit_authorities, name="authorities"),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/add/", organisations.new_organisation, name="add_organisation"),
    path("organisations/<int:number>/", organisations.edit_organisation, name="edit_organisation"),
]
