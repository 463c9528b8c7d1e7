internal import FoundationEssentials

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

extension ProcessMemory {
  /// Lets go of the pages of the process's code, all of which the kernel maps again on their next use.
  ///
  /// Reading settings, setting up TLS and describing the services' types runs through most of the code of a
  /// statically linked program and of the libraries, once. Called when the process has started, this leaves
  /// resident what the process then works with. It costs a minor fault for each 64 KiB that is used again, and no
  /// reading from disk. Only unchanged pages of files are let go: code is never written.
  ///
  /// - Returns: How many bytes of addresses were let go; 0 where `/proc` does not tell.
  @discardableResult
  package static func releaseCodePages() -> Int {
    guard let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return 0 }
    return codeMappings(in: maps).reduce(0) { $0 + (release($1.addresses) ? $1.addresses.count : 0) }
  }

  /// The mappings of code: of a file, executable, not writable.
  static func codeMappings(in maps: String) -> [MemoryMapping] {
    maps.split(separator: "\n").compactMap { MemoryMapping(line: $0) }
      .filter { $0.path?.hasPrefix("/") == true && $0.isExecutable && !$0.isWritable }
  }

  private static func release(_ addresses: Range<UInt>) -> Bool {
    unsafe madvise(UnsafeMutableRawPointer(bitPattern: addresses.lowerBound), addresses.count, MADV_DONTNEED) == 0
  }
}
