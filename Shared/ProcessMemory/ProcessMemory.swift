/// Module `ProcessMemory`: what a process keeps resident.
///
/// It owns the binding of `madvise(2)`. It may import the platform's C library and FoundationEssentials;
/// it is one of the few modules that may write `unsafe`.
package enum ProcessMemory {}
