import FoundationEssentials
import SwiftProtobuf

/// The descriptors of an API module's proto files, as `deploy/generate` embeds them.
package struct FileDescriptorSetSource: Sendable {
  private let base64: String

  /// - Parameter base64: The module's `fileDescriptorSet`.
  package init(_ base64: String) {
    self.base64 = base64
  }

  /// - Throws: ``Malformed`` or SwiftProtobuf's decoding error; never for what `deploy/generate` wrote.
  func files() throws -> [Google_Protobuf_FileDescriptorProto] {
    guard let data = Data(base64Encoded: base64, options: .ignoreUnknownCharacters) else { throw Malformed() }
    return try Google_Protobuf_FileDescriptorSet(serializedBytes: data).file
  }

  struct Malformed: Error {}
}
