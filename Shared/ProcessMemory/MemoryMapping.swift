/// A line of `/proc/self/maps` (proc(5)): a range of addresses and what is behind it.
struct MemoryMapping: Hashable {
  /// The first address and the one after the last.
  var addresses: Range<UInt>
  var isWritable: Bool
  var isExecutable: Bool
  /// The file, or nothing for memory that no file is behind.
  var path: String?

  /// Reads a line such as `7f0a1000-7f0a3000 r-xp 00001000 08:01 4242   /usr/bin/program`.
  init?(line: Substring) {
    let words = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
    guard words.count >= 5, words[1].count == 4 else { return nil }
    let bounds = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
    guard bounds.count == 2, bounds[0] < bounds[1] else { return nil }
    addresses = bounds[0]..<bounds[1]
    isWritable = words[1].contains("w")
    isExecutable = words[1].contains("x")
    path = words.count == 6 ? String(words[5].drop { $0 == " " }) : nil
  }
}
