//! The pages of access in English.

use domain::{Right, Role, Via};

use super::AccessWords;
use crate::access_trouble::AccessTrouble;

/// English.
pub const ENGLISH: AccessWords = AccessWords {
    log_in: "Log in",
    log_out: "Log out",
    name: "Name",
    password: "Password",
    forgotten: "Forgotten, or no password yet? An admin makes you a link with which you choose one.",
    no_login_needed: "This Vigie answers this machine alone and has no accounts: nobody needs to log in.",
    logged_in_as: |name| format!("You are logged in as {name}."),

    choose_password: "Choose a password",
    choose_for: |name| format!("For the account {name}. This link works once."),
    choose: "Choose and log in",
    new_password: "New password",
    password_hint: "12 characters or more; a sentence is easy to remember.",
    again: "The same again",

    account: "Account",
    no_account: "You are here without an account.",
    change_password: "Change the password",
    current_password: "Current password",
    keys: "Keys of programs",
    keys_hint: "A program sends its key as “Authorization: Bearer …”. It acts in your name, and may never do more than you.",
    no_keys: "There is no key yet.",
    key_name: "What is it for?",
    may: "It may",
    right,
    days: "Days until it ends (empty: never)",
    make_key: "Make a key",
    last_used: "last used",
    never_used: "never used",
    until: "until",
    revoke: "Revoke",
    revoke_of: |name| format!("Revoke the key {name}"),
    key_of: |name| format!("The key “{name}”. Copy it now: it is not shown again."),

    accounts: "Accounts",
    first_account: "There is no account yet. The first one is an admin; once it is made, everybody has to log in.",
    new_account: "New account",
    make_account: "Make the account",
    role: "Role",
    role_name: |role| match role {
        Role::Viewer => "Viewer",
        Role::Analyst => "Analyst",
        Role::Admin => "Admin",
    },
    roles_hint: "Viewers see everything and try texts. Analysts also correct, review, send files, and keep watches and incidents. \
        Admins also keep accounts and channels.",
    role_of: |name| format!("Role of {name}"),
    waits: "has no password yet",
    change_role: "Change",
    change_role_of: |name| format!("Change the role of {name}"),
    renew_link: "New link",
    renew_link_of: |name| format!("New link for {name}"),
    remove: "Remove",
    remove_of: |name| format!("Remove {name}"),
    link_of: |name| {
        format!(
            "Send this link to {name}, who chooses a password with it. It works once, for three days, and is not shown again."
        )
    },

    changes: "Who changed what",
    when: "When",
    who: "Who",
    how: "How",
    what: "What",
    to_what: "Of what",
    outcome: "Outcome",
    done: "done",
    refused: "refused",
    via: |via| match via {
        Via::Nothing => "without a login",
        Via::Local => "at the machine",
        Via::Session => "on the page",
        Via::Key => "by a key",
        Via::Command => "command line",
    },
    older: "Older",
    newest: "Newest",

    local_mode: "Local mode: whoever reaches this machine’s own address may do everything, without a login.",
    demo_mode: "Demonstration: look around and try texts; nothing can be changed.",

    trouble,
};

fn right(right: Right) -> &'static str {
    match right {
        Right::Read => "read",
        Right::Analyse => "read, and have texts analysed",
        Right::Work => "do an analyst’s work",
        Right::Administer => "do everything",
    }
}

fn trouble(trouble: &AccessTrouble) -> String {
    match trouble {
        AccessTrouble::Wrong => "The name or the password is wrong.".to_owned(),
        AccessTrouble::TooOften { wait_s } => {
            format!("Too many attempts have failed. Try again in {wait_s} s.")
        }
        AccessTrouble::StaleLink => {
            "This link is of no use any more. Ask an admin for a new one.".to_owned()
        }
        AccessTrouble::Unequal => {
            "The two passwords are not the same. Write them again.".to_owned()
        }
        AccessTrouble::PasswordLength => "A password has 12 to 256 characters.".to_owned(),
        AccessTrouble::PasswordObvious => {
            "Choose a password that is not made of the account’s name or of one character."
                .to_owned()
        }
        AccessTrouble::Name => {
            "The name of an account has 1 to 60 letters without accents, digits and . _ - + @."
                .to_owned()
        }
        AccessTrouble::NameTaken => "Another account has this name. Choose another one.".to_owned(),
        AccessTrouble::Unknown => "There is no such account. Reload the page.".to_owned(),
        AccessTrouble::LastAdmin => {
            "This is the last admin. Make another account an admin first.".to_owned()
        }
        AccessTrouble::FirstIsAdmin => {
            "The first account is an admin: choose that role.".to_owned()
        }
        AccessTrouble::KeyName => "The name of a key has 1 to 60 characters.".to_owned(),
        AccessTrouble::TooManyKeys => {
            "There are as many keys as one account has. Revoke one first.".to_owned()
        }
        AccessTrouble::KeyDays => {
            "A key is of use for 1 to 3,650 days, or without an end.".to_owned()
        }
        AccessTrouble::NoAccount => {
            "Keys and passwords belong to accounts. Log in first.".to_owned()
        }
    }
}
