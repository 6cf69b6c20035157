//! Many at once want the last of something: exactly one gets it, and the others are told so.
