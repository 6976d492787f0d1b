//! CPU time and peak memory as Linux tells them under `/proc`; elsewhere CPU time is wall time and memory unknown.

use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

/// CPU seconds that this thread has used, to the nanosecond.
pub fn thread_cpu_seconds() -> f64 {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = used.as_deref().and_then(|s| s.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
    nanoseconds.map_or_else(wall_seconds, |n| n / 1e9)
}

/// CPU seconds of this process, all threads, those that ended too; in steps of 10 ms.
pub fn process_cpu_seconds() -> f64 {
    stat_ticks(11, 12).unwrap_or_else(wall_seconds)
}

/// CPU seconds of the children that were waited for; in steps of 10 ms.
pub fn children_cpu_seconds() -> f64 {
    stat_ticks(13, 14).unwrap_or_else(wall_seconds)
}

/// The sum of two fields of `/proc/self/stat`, counted after the process's name; a tick is 10 ms on every Linux in use.
fn stat_ticks(a: usize, b: usize) -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    Some((fields.get(a)?.parse::<f64>().ok()? + fields.get(b)?.parse::<f64>().ok()?) / 100.0)
}

fn wall_seconds() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// The most memory that a process has held, in MB (10^6 bytes), while it lives.
pub fn peak_memory_mb(process: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kib| kib * 1.024 / 1e3)
}

/// What a child process cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub cpu_seconds: f64,
    pub wall_seconds: f64,
    pub peak_memory_mb: f64,
    pub status: ExitStatus,
}

/// Waits for a child and tells what it cost; no other child may end meanwhile.
pub fn cost_of(mut child: Child, started: Instant, cpu_before: f64) -> std::io::Result<Cost> {
    let id = child.id().to_string();
    let mut peak = 0.0_f64;
    let mut pause = Duration::from_micros(200);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak = peak.max(peak_memory_mb(&id).unwrap_or(0.0));
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    };
    Ok(Cost {
        cpu_seconds: children_cpu_seconds() - cpu_before,
        wall_seconds: started.elapsed().as_secs_f64(),
        peak_memory_mb: peak,
        status,
    })
}
