import SystemPackage

/// A file that only its owner may read.
struct PrivateFile {
  let path: String

  /// Writes it where nothing is yet: a key that is in use is not lost by a slip of the pen.
  ///
  /// - Throws: ``CommandFailure`` when there is something already, or it cannot be written.
  func write(_ text: String) throws(CommandFailure) {
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
      _ = try file.closeAfter { try file.writeAll(text.utf8) }
    } catch {
      throw CommandFailure(status: .inputOutput, reason: "\(path) cannot be written: \(error)")
    }
  }
}
