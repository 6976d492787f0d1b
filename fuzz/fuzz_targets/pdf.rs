//! PDF by the crate. It is known to panic, which is caught: what is looked for is time, memory and the end of the stack.
#![no_main]

use std::sync::Once;

use dateline_fuzz::read_as;
use libfuzzer_sys::fuzz_target;

static QUIET: Once = Once::new();

fuzz_target!(|data: &[u8]| {
    // libFuzzer's hook would end the process at a panic that is caught.
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    read_as("a.pdf", data);
});
