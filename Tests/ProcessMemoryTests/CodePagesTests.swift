import FoundationEssentials
import Testing

@testable import ProcessMemory

@Suite("Pages of code")
struct CodePagesTests {
  @Test("are let go, and come back when the code runs on")
  func release() throws {
    let before = try residentCode()
    let released = ProcessMemory.releaseCodePages()
    let after = try residentCode()
    #expect(released > 0)
    #expect(after < before)
    #expect((1...100).reduce(0, +) == 5050)
  }

  /// Bytes of code that are mapped now, from the `Rss:` lines of `/proc/self/smaps`.
  private func residentCode() throws -> Int {
    let smaps = try String(contentsOfFile: "/proc/self/smaps", encoding: .utf8)
    var isCode = false
    var total = 0
    for line in smaps.split(separator: "\n") {
      if let mapping = MemoryMapping(line: line), mapping.addresses.count > 0 {
        isCode = mapping.path?.hasPrefix("/") == true && mapping.isExecutable && !mapping.isWritable
      } else if isCode, line.hasPrefix("Rss:") {
        total += Int(line.split(separator: " ")[1]) ?? 0
      }
    }
    return total << 10
  }
}
