from django.urls import path

from .pages import account, organisations, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
    path(
        "<slug:municipality>/organisations/", organisations.organisation_list, name="organisations"
    ),
    path(
        "<slug:municipality>/organisations/add/",
        organisations.new_organisation,
        name="add_organisation",
    ),
    path(
        "<slug:municipality>/organisations/<int:number>/",
        organisations.edit_organisation,
        name="edit_organisation",
    ),
]
