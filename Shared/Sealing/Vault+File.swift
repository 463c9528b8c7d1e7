import FoundationEssentials
package import ServiceRuntime

extension Vault {
  /// The file with the keys: one a line, 32 bytes in hexadecimal; the first seals, all of them open. What follows a `#` is
  /// a remark. To change the key without a refused call put a new one second and start every instance anew, so that all can
  /// open what it seals; then exchange the two, start anew, and take the old one out when nothing is sealed with it.
  package static let setting = Setting<String>(
    "sealing.keys",
    default: nil,
    form: "path",
    """
    File of the keys under which secrets lie in the schema: one a line, 32 bytes in hexadecimal. The first seals, all of \
    them open; at each start what is sealed with another is sealed anew.
    """
  )

  package static let group = SettingGroup("Secrets", [setting])

  /// Why the file cannot be used; one line, for whoever runs the service.
  package struct FileError: Error, Hashable, CustomStringConvertible {
    package var description: String
  }

  /// - Throws: ``FileError`` when the file cannot be read, holds something else, or nothing.
  package init(_ settings: Settings) throws(FileError) {
    let path = settings[Self.setting]
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw FileError(description: "sealing.keys: \(path) cannot be read")
    }
    var keys: [[UInt8]] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let digits = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
      guard !digits.isEmpty else { continue }
      guard let bytes = Self.bytes(digits) else {
        throw FileError(description: "sealing.keys: \(path) holds a line that is not a key")
      }
      keys.append(bytes)
    }
    guard let first = keys.first else { throw FileError(description: "sealing.keys: \(path) holds no key") }
    self.init(first, older: Array(keys.dropFirst()))
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map { UInt8($0) } }
    guard digits.count == 64, text.utf8.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
