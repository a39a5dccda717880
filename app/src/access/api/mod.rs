//! What the forms of these pages do: one server function a file.

mod change_password;
mod change_role;
mod choose_password;
mod log_in;
mod log_out;
mod make_account;
mod make_key;
mod remove_account;
mod renew_link;
mod revoke_key;

pub use change_password::ChangePassword;
pub use change_role::ChangeRole;
pub use choose_password::ChoosePassword;
pub use log_in::LogIn;
pub use log_out::LogOut;
pub use make_account::MakeAccount;
pub use make_key::MakeKey;
pub use remove_account::RemoveAccount;
pub use renew_link::RenewLink;
pub use revoke_key::RevokeKey;
