//! Problems with channels.

use engine::ChannelError;

use super::Problem;

impl From<ChannelError> for Problem {
    fn from(error: ChannelError) -> Self {
        match error {
            ChannelError::NameTaken(_) | ChannelError::TooMany => Self::conflict(&error),
            ChannelError::WebAddress | ChannelError::MailAddress => Self::value(&error),
        }
    }
}
