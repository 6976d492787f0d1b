//! Control and bidirectional characters out of anything printed to a terminal.
