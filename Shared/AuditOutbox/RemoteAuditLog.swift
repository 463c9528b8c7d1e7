import FoundationEssentials
package import GRPCCore
import SwiftProtobuf
package import VigilAccessAPI

/// Who takes records into the log.
package protocol AuditCollector: Sendable {
  /// Takes records of the service in order, all of them or none; those that it has taken before it passes over.
  ///
  /// - Parameter first: the place of the first of them among the service's records.
  /// - Returns: the place of the next that is wanted; less than `first` when some between are missing.
  func collect(_ records: [[UInt8]], from first: UInt64) async throws -> UInt64
}

/// The log of access control, through the gateway.
package struct RemoteAuditLog<Transport: ClientTransport>: AuditCollector {
  private let collector: PBAuditCollectorService.Client<Transport>

  package init(_ collector: PBAuditCollectorService.Client<Transport>) { self.collector = collector }

  package func collect(_ records: [[UInt8]], from first: UInt64) async throws -> UInt64 {
    let request = PBCollectAuditRecordsRequest.with {
      $0.firstSequence = Int64(clamping: first)
      $0.records = records.map { Data($0) }
    }
    var options = CallOptions.defaults
    // A transaction waits for the answer.
    options.timeout = .seconds(5)
    return UInt64(clamping: try await collector.collectAuditRecords(request, options: options).nextSequence)
  }
}
