import AIP
import GRPCCore
import Identity
import Policy
import Postgres
import RPC
import Records
import Testing

/// Who takes part in the register of the tests: clients by name, with the policy as it is shipped.
enum Enrolled {
  static let officer = "case-officer"

  /// It stands: at noon of 13 January 2026.
  static let now = PolicyTime(microseconds: 1_768_305_600_000_000)
  static let clock = WallClock { PostgresTimestamp(secondsSince1970: 1_768_305_600) }

  static func snapshot() throws -> PolicySnapshot {
    let internals: [(String, String, ReaderClass, Classification)] = [
      (officer, "OROLSI", .headquarters, .strictlyConfidential), ("legal", "OLA", .legal, .strictlyConfidential),
      ("safety", "DSS", .safety, .confidential), ("senior", "EOSG", .seniorFocalPoint, .strictlyConfidential),
      ("minusma", "minusma", .missionFocalPoint, .strictlyConfidential), ("auditor", "OIOS", .auditor, .confidential),
      ("operator", "OICT", .systemOperator, .unclassified), ("union", "AU", .regionalOrganization, .confidential),
      ("council", "UNSC", .councilReader, .confidential),
    ]
    var principals = try internals.map { name, party, reader, clearance in
      try enrolment(name, party, [reader], clearance)
    }
    for state in ["MLI", "TCD", "BGD", "XAA", "XBB"] {
      principals.append(try enrolment(state.lowercased(), state, stateRoles, .confidential))
    }
    principals.append(try enrolment("idle", "MLI", [], .confidential))
    return PolicySnapshot(sequence: 1, issuedAt: now, policy: try .standard(), principals: principals)
  }

  static let stateRoles: [ReaderClass] = [.hostState, .contributor, .nationalityState, .forumState]

  static func enrolment(
    _ client: String, _ party: String, _ readers: [ReaderClass], _ clearance: Classification
  ) throws -> Enrolment {
    let subject = Subject(
      principal: id(of: client), party: try #require(PartyID(party)), roles: readers.map { RoleAssignment($0) },
      clearance: clearance)
    return Enrolment(.certificate(uri(client)), subject: subject)
  }

  /// The principal's.
  static func id(of client: String) -> RecordID {
    RecordID(high: 1, low: client.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
  }

  static func uri(_ client: String) -> String { "spiffe://vigil.local/client/\(client)" }
}

/// Calls as a client, for a purpose.
func caller(_ client: String, for purpose: Purpose? = nil) -> Metadata {
  var metadata: Metadata = ["test-caller": .string(client)]
  if let purpose { metadata.addString(purpose.code, forKey: "vigil-purpose") }
  return metadata
}

/// Stands for the connection's certificate, which there is none of in one process: the caller is who the client says, the
/// case officer where it says nothing, and nobody for `nobody`.
struct NamedCaller: ServerInterceptor {
  @concurrent
  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @concurrent @Sendable (
        _ request: StreamingServerRequest<Input>,
        _ context: ServerContext
      ) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let client = request.metadata[stringValues: "test-caller"].first { _ in true } ?? Enrolled.officer
    let identity = client == "nobody" ? nil : PeerIdentity(uri: Enrolled.uri(client))
    let caller = Caller(peer: identity.map { .identified($0) } ?? .anonymous)
    let response = try await Caller.$current.withValue(caller) { try await next(request, context) }
    return response.mapProducer { producer in
      { writer in try await Caller.$current.withValue(caller) { try await producer(writer) } }
    }
  }
}
