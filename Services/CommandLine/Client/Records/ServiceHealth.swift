import Foundation

/// How one service is.
struct ServiceHealth: Codable, Equatable, Sendable {
  /// Full name of the gRPC service; empty for the system as a whole.
  var service: String
  /// As grpc.health.v1 has it: SERVING, NOT_SERVING, …
  var status: String

  static let columns: [Column<ServiceHealth>] = [
    Column("service") { $0.service.isEmpty ? "(whole system)" : $0.service },
    Column("status") { $0.status },
  ]

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}
