from __future__ import annotations

from django.urls import path

from taizhang.web import account_views, admin_views, login_views, message_views, views
from taizhang.web.help import views as help_views
from taizhang.web.lists import views as list_views
from taizhang.web.sign_on import back_channel
from taizhang.web.sign_on import views as sign_on_views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("login/", login_views.Login.as_view(), name="login"),
    path("login/code/", login_views.code, name="code"),
    path("sign-on/", sign_on_views.begin, name="sign-on"),
    path("sign-on/back/", sign_on_views.back, name="sign-on-back"),
    path("sign-on/ended/", back_channel.ended, name="sign-on-ended"),
    path("sign-on/links/", sign_on_views.links, name="sign-on-links"),
    path("left/", sign_on_views.left, name="left"),
    path("logout/", login_views.Logout.as_view(), name="logout"),
    path("password/", login_views.password, name="password"),
    path("second-factor/", login_views.set_up_second_factor, name="second-factor"),
    path("me/", account_views.me, name="me"),
    path("me/branch/", account_views.choose_branch, name="choose-branch"),
    path("me/address/", account_views.address, name="address"),
    path("sessions/<int:key>/end/", account_views.end_session, name="end-session"),
    path("me/stand-ins/<int:key>/", account_views.stand_in, name="stand-in"),
    path("me/stand-ins/<int:key>/take-back/", account_views.take_back, name="take-back"),
    path("me/tokens/", account_views.make_token, name="make-token"),
    path("tokens/<int:key>/end/", account_views.end_token, name="end-token"),
    path("accounts/", admin_views.all_accounts, name="accounts"),
    path("accounts/password/", admin_views.renew_passwords, name="accounts-password"),
    path("accounts/close/", admin_views.set_accounts, {"active": False}, name="accounts-close"),
    path("accounts/open/", admin_views.set_accounts, {"active": True}, name="accounts-open"),
    path("accounts/<int:key>/", admin_views.one_account, name="account"),
    path("accounts/<int:key>/<slug:verb>/", admin_views.account_step, name="account-step"),
    path("login-rules/", admin_views.login_rules, name="login-rules"),
    path("duties/<int:key>/end/", admin_views.end_duty, name="end-duty"),
    path("duties/<int:key>/hand-over/", admin_views.hand_over, name="hand-over"),
    path("journal/", admin_views.the_journal, name="journal"),
    path("messages/", message_views.all_messages, name="messages"),
    path("messages/read/", message_views.read_messages, name="read-messages"),
    path("messages/<int:key>/open/", message_views.open_message, name="open-message"),
    path("made-files/<int:key>/", message_views.made_file, name="made-file"),
    path(
        "made-files/<int:key>/content/", message_views.made_file_content, name="made-file-content"
    ),
    path("help/", help_views.home, name="help"),
    path("help/<slug:slug>/", help_views.chapter, name="help-chapter"),
    path("lists/columns/", list_views.choose_columns, name="choose-columns"),
    path("lists/filters/", list_views.save_filter, name="save-filter"),
    path("lists/filters/<int:key>/drop/", list_views.drop_filter, name="drop-filter"),
    path("alive/", views.alive, name="alive"),
    path("healthy/", views.healthy, name="healthy"),
]
