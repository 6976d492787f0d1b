//! What the program knows of a language, one table a matter: stop words, words for time, names of months and weekdays.
//! Uses nothing else of the program; read by `words`, by the rules for dates in `time`, and by the readers of pages.
//! A language is added by rows or by a file of rows, never by code.

pub(crate) mod calendar;
pub(crate) mod months;
pub(crate) mod stop;
pub(crate) mod time;
pub(crate) mod weekdays;
