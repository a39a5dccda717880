//! Files of texts from their upload to their export.

mod bad;
mod layouts;
mod restart;
mod rows;
mod uploads;

/// Five rows, one of them unreadable, with everything that a table can have.
pub const TABLE: &str = "\u{feff}id;created_at;text;note\r\n\
    1;24/02/2015 11:35;\"late flight; again\";=1+1\r\n\
    2;24/02/2015 11:36;thanks, good flight!;-3\r\n\
    3;25/02/2015 09:00;;nothing\r\n\
    4;25/02/2015 10:00;\"not \"\"good\"\"\";@note\r\n\
    5;26/02/2015 08:00;the flight was late;x\r\n";
