/// Module `NameResolution`: all the addresses of a host name.
///
/// It owns the binding of the C library's `getaddrinfo`, which NIO keeps to itself, and runs it where
/// it may block. It may import the platform's C library, NIOCore and NIOPosix (for its thread pool);
/// it is one of the few modules that may write `unsafe`.
package enum NameResolution {}
