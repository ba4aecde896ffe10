//! Who deploys: what a lock says, so that a second deployment can say whose it is.

use serde::{Deserialize, Serialize};

/// A deployment that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The machine, for people.
    host: String,
    /// What tells the machine, and the processes that its numbers are of, from others; empty where nobody knows.
    #[serde(default)]
    machine: String,
    /// The process.
    process: u32,
    /// When it began, for people.
    since: String,
    /// What tells it from every other.
    id: String,
}

impl Holder {
    /// This deployment, which begins now.
    pub fn now() -> Self {
        let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let (host, machine, process) = (host(), machine(), std::process::id());
        let id = format!("{host}-{process}-{}", now.as_nanosecond());
        Self { host, machine, process, since: now.strftime("%F %T UTC").to_string(), id }
    }

    /// As it is stored.
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The deployment that `text` names.
    pub fn read(text: &[u8]) -> Option<Self> {
        serde_json::from_slice(text).ok()
    }

    /// Whether it was killed: it ran on this machine, and runs no more. What runs elsewhere is never known to be dead,
    /// whatever the clocks say.
    pub fn is_dead(&self) -> bool {
        let processes = std::path::Path::new("/proc");
        !self.machine.is_empty()
            && self.machine == machine()
            && self.process != std::process::id()
            && processes.join("self").exists()
            && !processes.join(self.process.to_string()).exists()
    }

    /// For people: "process 12 on host, since …".
    pub fn shown(&self) -> String {
        format!("process {} on {}, since {}", self.process, self.host, self.since)
    }
}

/// What tells this machine, since it was started, from every other, and a container on it from the next: Linux says so.
fn machine() -> String {
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let processes = std::fs::read_link("/proc/self/ns/pid").unwrap_or_default();
    match boot.trim() {
        "" => String::new(),
        boot => format!("{boot} {}", processes.display()),
    }
}

/// This machine's name.
fn host() -> String {
    let name = std::fs::read_to_string("/etc/hostname").ok().or_else(|| std::env::var("HOSTNAME").ok());
    name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "this machine".to_owned())
}
