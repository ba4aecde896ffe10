//! The commands: thin, they only put stages in a row.
