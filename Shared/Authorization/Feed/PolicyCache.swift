import FoundationEssentials
import SwiftProtobuf
import SystemPackage
package import VigilAccessAPI

/// The last message of the policy stream in a file, for a start while access control cannot be reached. What is read from
/// it is judged like what comes over the network.
package struct PolicyCache: Sendable {
  private let path: FilePath

  package init(path: String) { self.path = FilePath(path) }

  /// Nil when there is none that can be read.
  package func read() -> PBWatchPolicyResponse? {
    guard let bytes = FileManager.default.contents(atPath: path.string) else { return nil }
    return try? PBWatchPolicyResponse(serializedBytes: bytes)
  }

  /// Puts the message in place of the last. Whoever reads meanwhile finds the one, the other, or none, never a part; the
  /// file is its owner's only: it names everybody who takes part.
  package func write(_ message: PBWatchPolicyResponse) throws {
    let bytes: [UInt8] = try message.serializedBytes()
    let fresh = path.string + ".new"
    try? FileManager.default.removeItem(atPath: fresh)
    let file = try FileDescriptor.open(
      FilePath(fresh), .writeOnly, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(bytes) }
    try? FileManager.default.removeItem(atPath: path.string)
    try FileManager.default.moveItem(atPath: fresh, toPath: path.string)
  }
}
