//! The device-type library: YAML files of real hardware, read from an archive, a folder or one file, and imported all or nothing.

pub mod file;
pub mod import;
pub mod source;
