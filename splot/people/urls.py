from django.urls import path

from .pages import (
    account,
    addresses,
    authorities,
    organisations,
    passwords,
    people,
    second_factors,
    second_step,
    sign_in,
    unsaved,
)

site_urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/second/", second_step.second_step, name="second_step"),
    path("sign-in/setup/", second_step.second_step_setup, name="second_step_setup"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("password/", passwords.recover_password, name="recover_password"),
    path("password/<str:token>/", passwords.set_password, name="set_password"),
    path("account/", account.account, name="account"),
    path("account/password/", account.account_password, name="account_password"),
    path("account/email/", account.account_email, name="account_email"),
    path("account/email/<str:token>/", passwords.confirm_email_address, name="confirm_email"),
    path("account/second-factors/", second_factors.second_factors, name="second_factors"),
    path("account/second-factors/app/", second_factors.add_app_page, name="add_app"),
    path("account/second-factors/passkey/", second_factors.add_passkey_page, name="add_passkey"),
    path("account/sessions/", account.account_sessions, name="account_sessions"),
]
urlpatterns = [
    path("unsaved/", unsaved.unsaved, name="unsaved"),
    path("authorities/", authorities.edit_authorities, name="authorities"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite_person"),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/end/", people.end_person, name="end_person"),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path(
        "organisations/addresses/",
        addresses.organisation_addresses,
        name="organisation_addresses",
    ),
    path("organisations/add/", organisations.new_organisation, name="add_organisation"),
    path("organisations/<int:number>/", organisations.edit_organisation, name="edit_organisation"),
]
