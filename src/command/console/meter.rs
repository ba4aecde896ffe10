//! Measuring a parallel stream from outside: how long its items took to make, and how long to use.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rayon::iter::plumbing::{Consumer, Folder, UnindexedConsumer};
use rayon::prelude::*;

/// Time spent on a stream's items, summed over all threads.
#[derive(Debug, Default)]
pub struct Meter {
    /// Nanoseconds.
    making: AtomicU64,
    /// Nanoseconds.
    using: AtomicU64,
    /// Nanoseconds from the first item to the last, as a clock on the wall has it.
    passed: AtomicU64,
}

impl Meter {
    /// `items`, and the meter runs as they are made and used.
    pub fn watch<I: ParallelIterator>(&self, items: I) -> Metered<'_, I> {
        Metered { items, meter: self }
    }

    /// What making the items took of the time that the stream ran: its share of it, as threads do both in turn.
    pub fn making(&self) -> Duration {
        let making = self.making.load(Ordering::Relaxed) as f64;
        let using = self.using.load(Ordering::Relaxed) as f64;
        let passed = Duration::from_nanos(self.passed.load(Ordering::Relaxed));
        if making + using > 0.0 { passed.mul_f64(making / (making + using)) } else { passed }
    }

    fn add(&self, making: Duration, using: Duration) {
        self.making.fetch_add(making.as_nanos() as u64, Ordering::Relaxed);
        self.using.fetch_add(using.as_nanos() as u64, Ordering::Relaxed);
    }
}

/// A stream that is measured.
#[derive(Debug)]
pub struct Metered<'a, I> {
    items: I,
    meter: &'a Meter,
}

impl<I: ParallelIterator> ParallelIterator for Metered<'_, I> {
    type Item = I::Item;

    fn drive_unindexed<C: UnindexedConsumer<Self::Item>>(self, consumer: C) -> C::Result {
        let started = Instant::now();
        let result = self.items.drive_unindexed(MeteredConsumer { consumer, meter: self.meter });
        self.meter.passed.fetch_add(started.elapsed().as_nanos() as u64, Ordering::Relaxed);
        result
    }
}

/// The measured end of a stream.
struct MeteredConsumer<'a, C> {
    consumer: C,
    meter: &'a Meter,
}

impl<'a, T, C: Consumer<T>> Consumer<T> for MeteredConsumer<'a, C> {
    type Folder = MeteredFolder<'a, C::Folder>;
    type Reducer = C::Reducer;
    type Result = C::Result;

    fn split_at(self, index: usize) -> (Self, Self, Self::Reducer) {
        let (left, right, reducer) = self.consumer.split_at(index);
        (Self { consumer: left, meter: self.meter }, Self { consumer: right, meter: self.meter }, reducer)
    }

    fn into_folder(self) -> Self::Folder {
        let folder = self.consumer.into_folder();
        MeteredFolder { folder, meter: self.meter, started: Instant::now(), using: Duration::ZERO }
    }

    fn full(&self) -> bool {
        self.consumer.full()
    }
}

impl<T, C: UnindexedConsumer<T>> UnindexedConsumer<T> for MeteredConsumer<'_, C> {
    fn split_off_left(&self) -> Self {
        Self { consumer: self.consumer.split_off_left(), meter: self.meter }
    }

    fn to_reducer(&self) -> Self::Reducer {
        self.consumer.to_reducer()
    }
}

/// One thread's run of items: the time that is not spent using them is spent making them.
struct MeteredFolder<'a, F> {
    folder: F,
    meter: &'a Meter,
    started: Instant,
    using: Duration,
}

impl<T, F: Folder<T>> Folder<T> for MeteredFolder<'_, F> {
    type Result = F::Result;

    fn consume(mut self, item: T) -> Self {
        let began = Instant::now();
        self.folder = self.folder.consume(item);
        self.using += began.elapsed();
        self
    }

    fn complete(self) -> Self::Result {
        self.meter.add(self.started.elapsed().saturating_sub(self.using), self.using);
        self.folder.complete()
    }

    fn full(&self) -> bool {
        self.folder.full()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn making_and_using_are_told_apart_and_the_order_stays() {
        let meter = Meter::default();
        let made = (0..8u32).into_par_iter().map(|number| {
            std::thread::sleep(Duration::from_millis(6));
            number
        });
        let used: Vec<u32> = meter.watch(made).inspect(|_| std::thread::sleep(Duration::from_millis(2))).collect();
        assert_eq!(used, (0..8).collect::<Vec<_>>());
        // Three quarters of the time that all passed.
        let (making, passed) = (meter.making(), Duration::from_nanos(meter.passed.into_inner()));
        assert!(making > passed / 2 && making < passed, "{making:?} of {passed:?}");
    }
}
