import Foundation
import TestSupport
import Testing

/// The table in RESULTS.md is written from the same values that the tests take as their arguments, and each test fails
/// unless what the value says is what happens: a field with a tick that does not pass, and a reason where nothing fails.
@Suite("Results")
struct ResultsTests {
  private static let file = PythonEnvironment.packageRoot + "/Tests/InteropTests/RESULTS.md"

  /// `VIGIL_WRITE_RESULTS=1` writes the file instead of comparing it.
  @Test("RESULTS.md says what the tests say")
  func results() throws {
    let text = ResultsTable.text
    if ProcessInfo.processInfo.environment["VIGIL_WRITE_RESULTS"] != nil {
      try text.write(toFile: Self.file, atomically: true, encoding: .utf8)
    }
    #expect(try TemporaryFolder.read(Self.file) == text, "run it with VIGIL_WRITE_RESULTS=1 and commit the file")
  }
}
