//! What the program knows of a language: tables of words, letters and habits, one file a matter, and no rules.
//! Uses nothing. Text to terms ([`crate::words`]), passages, places, dates and web pages ask these tables for what a word is.
//! A new language is new rows, or a file where it brings a new matter; no rule changes.
//!
//! Where each matter lies:
//!
//! - terms: `analysis` (stemmers, numbers, elisions; a row a language), `stop` (very common words), `affixes`;
//! - sentences: `abbreviations`, `sentences` (words that begin one, go on after an hour, or report speech);
//! - the language of a text: `detection` (function words, letters of their own, codes), `languages` (its codes and names);
//! - names of places: `names` and its `data` (words around names, first names, surnames, common words);
//! - dates: `months` and `weekdays` (rows of one shape, `calendar`), `time`.

pub(crate) mod abbreviations;
pub(crate) mod affixes;
pub(crate) mod analysis;
pub(crate) mod calendar;
pub(crate) mod detection;
pub(crate) mod languages;
pub(crate) mod months;
pub(crate) mod names;
pub(crate) mod sentences;
pub(crate) mod stop;
pub(crate) mod table;
pub(crate) mod time;
pub(crate) mod weekdays;
