"""The addresses of sign-in.

Names without a prefix are those by which the library's own views find each other; only what is listed here can be
reached. `account_login`, where the library sends whoever has to start over, is the entrance.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path

from vaxel.surfaces.signin import demo, own_sign_in, views
from vaxel.surfaces.signin.entrance import AskForCode, EnterCode, Password
from vaxel.surfaces.signin.factors import AddApp, AddPasskey

_entrance = [
    path("", AskForCode.as_view(), name="account_request_login_code"),
    path("", AskForCode.as_view(), name="account_login"),
    path("code/", EnterCode.as_view(), name="account_confirm_login_code"),
    path("password/", Password.as_view(), name="signin_password"),
    path("passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("second/", factor.authenticate, name="mfa_authenticate"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("out/", account.logout, name="account_logout"),
]

_confirm = [
    path("confirm/password/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]

_account = [
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/new/", account.password_set, name="account_set_password"),
    path("second-factor/", factor.index, name="mfa_index"),
    path("second-factor/app/", login_required(AddApp.as_view()), name="mfa_activate_totp"),
    path("second-factor/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/new/", login_required(AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
]

#: Ways to sign in are changed by those who have signed in with us.
for each in _account:
    each.callback = own_sign_in.by_own_means(each.callback)

_elsewhere = [
    path("own/<slug:provider_id>/", own_sign_in.begin, name="openid_connect_login"),
    path("own/<slug:provider_id>/back/", own_sign_in.come_back, name="openid_connect_callback"),
]

_own = [
    path("", views.front, name="front"),
    path("signin/places/", views.places, name="places"),
    path("signin/organisation/", own_sign_in.own_sign_ins, name="own_sign_ins"),
    path("signin/account/", views.account, name="account"),
    path("signin/everywhere/", views.everywhere, name="everywhere"),
]

if settings.DEMO:
    _own += [
        path("demo/", demo.people, name="demo"),
        path("demo/<int:account_id>/", demo.enter, name="demo_enter"),
        path("demo/sign-in-mails/", demo.letters, name="demo_letters"),
    ]

urlpatterns: list[URLPattern | URLResolver] = [
    path("signin/", include([*_entrance, *_confirm, *_account, *_elsewhere])),
    path("", include((_own, "signin"))),
]
