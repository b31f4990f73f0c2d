"""One's own account: the password."""

from lib.access import Permission
from lib.ui import account
from lib.ui.navigation import N_
from lib.ui.opening import open_page

actor = open_page(Permission.ACCOUNT, title=N_("My account"))
account.password_form(actor)
