import SwiftProtobuf
import Synchronization

/// What reflection knows: the services of a server and their descriptors. The descriptors are decoded at
/// the first question, since most processes are never asked.
package final class ReflectionCatalog: Sendable {
  let services: [String]
  private let sources: [FileDescriptorSetSource]
  private let decoded = Mutex<DescriptorIndex?>(nil)

  /// - Parameter services: Full names of the services that are offered.
  package init(services: some Sequence<String>, sources: [FileDescriptorSetSource]) {
    self.services = services.sorted()
    self.sources = sources
  }

  /// - Throws: When an embedded descriptor set does not decode.
  func index() throws -> DescriptorIndex {
    try decoded.withLock { decoded in
      if let index = decoded { return index }
      let index = DescriptorIndex(try sources.flatMap { try $0.files() })
      decoded = index
      return index
    }
  }
}
