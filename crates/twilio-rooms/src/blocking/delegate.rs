//! The methods that a blocking type has in common with its async type.

/// Adds setters. Each calls the setter of the async type.
macro_rules! blocking_setters {
    ($type:ident: $($name:ident($($argument:ident: $argument_type:ty),*);)*) => { $(
        #[doc = concat!("See [`", stringify!($type), "::", stringify!($name), "`](crate::", stringify!($type), "::", stringify!($name), ").")]
        pub fn $name(self, $($argument: $argument_type),*) -> Self {
            self.map(|inner| inner.$name($($argument),*))
        }
    )* };
}

/// Adds methods that create something. Each calls the method of the async type.
macro_rules! constructors {
    ($type:ident: $($name:ident($($argument:ident: $argument_type:ty),*) -> $result:ty;)*) => { $(
        #[doc = concat!("See [`", stringify!($type), "::", stringify!($name), "`](crate::", stringify!($type), "::", stringify!($name), ").")]
        pub fn $name(&self, $($argument: $argument_type),*) -> $result {
            self.with(self.inner.$name($($argument),*))
        }
    )* };
}

pub(super) use {blocking_setters, constructors};
