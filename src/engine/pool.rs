//! Things that are costly to make and are used by one thread at a time: taken, used, and given back for the next.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Things that nobody uses at the moment; as many come together as were ever in use at once. Its lock is held for as long as
/// one is taken out or put back, never while one is used.
#[derive(Debug)]
pub(crate) struct Pool<T>(Mutex<Vec<T>>);

impl<T> Pool<T> {
    /// A pool of one.
    pub(crate) fn of(first: T) -> Self {
        Pool(Mutex::new(vec![first]))
    }

    /// Uses one, made for the purpose where all others are in use. One that is used when a panic strikes is lost.
    ///
    /// # Errors
    /// Those of making one.
    pub(crate) fn with<R, E>(
        &self,
        make: impl FnOnce() -> Result<T, E>,
        run: impl FnOnce(&mut T) -> R,
    ) -> Result<R, E> {
        let idle = self.things().pop();
        let mut thing = idle.map_or_else(make, Ok)?;
        let done = run(&mut thing);
        self.things().push(thing);
        Ok(done)
    }

    fn things(&self) -> MutexGuard<'_, Vec<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn one_is_used_again_and_a_second_is_made_only_while_the_first_is_in_use() {
        let pool = Pool::of(1);
        let made = |n: i32| move || Ok::<_, Infallible>(n);
        let Ok(()) = pool.with(made(2), |first| {
            *first += 10;
            let Ok(second) = pool.with(made(2), |second| *second);
            assert_eq!(second, 2);
        });
        let Ok(last) = pool.with(made(3), |thing| *thing);
        assert_eq!(last, 11);
        assert_eq!(pool.things().len(), 2);
    }
}
