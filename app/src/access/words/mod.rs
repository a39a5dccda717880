//! What the pages of access say.

mod english;
mod french;

use domain::{Right, Role, Via};

use crate::access_trouble::AccessTrouble;

pub use english::ENGLISH;
pub use french::FRENCH;

/// All sentences of these pages in one language, as [`crate::messages::Words`].
pub struct AccessWords {
    pub log_in: &'static str,
    pub log_out: &'static str,
    pub name: &'static str,
    pub password: &'static str,
    pub forgotten: &'static str,
    pub no_login_needed: &'static str,
    pub logged_in_as: fn(&str) -> String,

    pub choose_password: &'static str,
    pub choose_for: fn(&str) -> String,
    pub choose: &'static str,
    pub new_password: &'static str,
    pub password_hint: &'static str,
    pub again: &'static str,

    pub account: &'static str,
    pub no_account: &'static str,
    pub change_password: &'static str,
    pub current_password: &'static str,
    pub keys: &'static str,
    pub keys_hint: &'static str,
    pub no_keys: &'static str,
    pub key_name: &'static str,
    pub may: &'static str,
    pub right: fn(Right) -> &'static str,
    pub days: &'static str,
    pub make_key: &'static str,
    pub last_used: &'static str,
    pub never_used: &'static str,
    pub until: &'static str,
    pub revoke: &'static str,
    pub revoke_of: fn(&str) -> String,
    pub key_of: fn(&str) -> String,

    pub accounts: &'static str,
    pub first_account: &'static str,
    pub new_account: &'static str,
    pub make_account: &'static str,
    pub role: &'static str,
    pub role_name: fn(Role) -> &'static str,
    pub roles_hint: &'static str,
    pub role_of: fn(&str) -> String,
    pub waits: &'static str,
    pub change_role: &'static str,
    pub change_role_of: fn(&str) -> String,
    pub renew_link: &'static str,
    pub renew_link_of: fn(&str) -> String,
    pub remove: &'static str,
    pub remove_of: fn(&str) -> String,
    pub link_of: fn(&str) -> String,

    pub changes: &'static str,
    pub when: &'static str,
    pub who: &'static str,
    pub how: &'static str,
    pub what: &'static str,
    pub to_what: &'static str,
    pub outcome: &'static str,
    pub done: &'static str,
    pub refused: &'static str,
    pub via: fn(Via) -> &'static str,
    pub older: &'static str,
    pub newest: &'static str,

    pub local_mode: &'static str,
    pub demo_mode: &'static str,

    pub trouble: fn(&AccessTrouble) -> String,
}
