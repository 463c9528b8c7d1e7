internal import FoundationEssentials

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

extension ProcessMemory {
  /// Lets go of the pages of the program's own code, all of which the kernel maps again on their next use.
  ///
  /// Reading settings, setting up TLS and describing the services' types runs through most of the code of a
  /// statically linked program, once. Called when the process has started, this leaves resident what the
  /// process then works with. It costs a minor fault for each 64 KiB that is used again, and no reading from
  /// disk. Only unchanged pages of the file are let go: code is never written.
  ///
  /// - Returns: How many bytes of addresses were let go; 0 where `/proc` does not tell.
  @discardableResult
  package static func releaseProgramPages() -> Int {
    let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    guard let program, let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return 0 }
    return codeMappings(of: program, in: maps).reduce(0) { $0 + (release($1.addresses) ? $1.addresses.count : 0) }
  }

  /// The mappings of the program's code: executable, not writable.
  static func codeMappings(of program: String, in maps: String) -> [MemoryMapping] {
    maps.split(separator: "\n").compactMap { MemoryMapping(line: $0) }
      .filter { $0.path == program && $0.isExecutable && !$0.isWritable }
  }

  private static func release(_ addresses: Range<UInt>) -> Bool {
    unsafe madvise(UnsafeMutableRawPointer(bitPattern: addresses.lowerBound), addresses.count, MADV_DONTNEED) == 0
  }
}
