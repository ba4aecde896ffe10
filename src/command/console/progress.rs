//! The progress bar of a build that takes long.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use super::Console;

/// A build that is done sooner shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A progress bar, which appears on a terminal after half a second and goes when it is dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    /// Its end tells the thread that waits to show the bar that there is nothing left to show.
    _over: Option<Sender<()>>,
}

impl Progress {
    /// The progress of a build that begins now.
    pub fn start(console: &Console) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_style(style("{spinner} {msg}"));
        let over = console.is_watched().then(|| {
            let (over, waits) = mpsc::channel();
            let bar = bar.clone();
            std::thread::spawn(move || {
                if waits.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                    bar.enable_steady_tick(Duration::from_millis(100));
                }
            });
            over
        });
        Self { bar, _over: over }
    }

    /// Says what is being done.
    pub fn stage(&self, doing: &'static str) {
        self.bar.set_message(doing);
    }

    /// Says how many things there are, which are counted one by one.
    pub fn of(&self, amount: usize) {
        self.bar.set_length(amount as u64);
        self.bar.set_style(style("{spinner} {msg} {bar:30} {human_pos} of {human_len}"));
    }

    /// One of them is done.
    pub fn one(&self) {
        self.bar.inc(1);
    }

    /// `items`, and the bar counts them as they come.
    pub fn count<'a, I>(&'a self, items: I) -> impl IndexedParallelIterator<Item = I::Item> + 'a
    where
        I: IndexedParallelIterator + 'a,
    {
        self.of(items.len());
        items.inspect(|_| self.bar.inc(1))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The style of `template`, which is one of ours and therefore sound.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ")
}
