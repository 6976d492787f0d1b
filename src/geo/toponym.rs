//! Recognition: names of places in a text.
