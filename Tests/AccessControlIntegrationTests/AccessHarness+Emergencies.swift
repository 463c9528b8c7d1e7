import Foundation
import GRPCCore
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

// Short forms of calls about emergency access, lockdowns and notices.
extension AccessHarness {
  /// A system of an organisation of its own with one role, cleared for everything: its name and its URI.
  func reader(
    _ reader: PBReaderClass, _ client: String, of party: String, _ kind: PBOrganisation.Kind = .secretariat,
    scope: String = ""
  ) async throws -> (name: String, uri: String) {
    let principal = try await principal(client, of: try await organisation(party, kind)) {
      $0.principal.clearance = .strictlyConfidential
    }
    try await role(reader, to: principal.name) { $0.roleAssignment.scope = scope }
    return (principal.name, Self.uri(client))
  }

  func breakGlass(
    of caseName: String, as uri: String?, _ change: (inout PBBreakGlassRequest) -> Void = { _ in }
  ) async throws -> PBEmergencyAccess {
    var request = PBBreakGlassRequest.with {
      $0.case = caseName
      $0.reason = "staff in danger"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await emergencies.breakGlass(request, metadata: caller(uri))
  }

  func review(
    _ access: PBEmergencyAccess, as uri: String? = officerURI, finding: String = "in order", etag: String = ""
  ) async throws -> PBEmergencyAccess {
    try await emergencies.reviewEmergencyAccess(
      .with {
        $0.name = access.name
        $0.finding = finding
        $0.etag = etag
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }, metadata: caller(uri))
  }

  func accesses(as uri: String?, filter: String = "") async throws -> [PBEmergencyAccess] {
    try await emergencies.listEmergencyAccesses(.with { $0.filter = filter }, metadata: caller(uri)).emergencyAccesses
  }

  func lock(
    _ mission: String, _ mode: PBLockdown.Mode = .sealed, as uri: String? = officerURI,
    _ change: (inout PBCreateLockdownRequest) -> Void = { _ in }
  ) async throws -> PBLockdown {
    var request = PBCreateLockdownRequest.with {
      $0.lockdown.mission = mission
      $0.lockdown.mode = mode
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await emergencies.createLockdown(request, metadata: caller(uri))
  }

  func unlock(_ lockdown: PBLockdown, as uri: String?, etag: String = "") async throws -> PBLockdown {
    try await emergencies.endLockdown(
      .with {
        $0.name = lockdown.name
        $0.etag = etag
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }, metadata: caller(uri))
  }

  func lockdowns(as uri: String?, filter: String = "") async throws -> [PBLockdown] {
    try await emergencies.listLockdowns(.with { $0.filter = filter }, metadata: caller(uri)).lockdowns
  }

  func notices(as uri: String?, filter: String = "") async throws -> [PBNotice] {
    try await emergencies.listNotices(.with { $0.filter = filter }, metadata: caller(uri)).notices
  }

  func acknowledge(_ name: String, as uri: String?) async throws -> PBNotice {
    try await emergencies.acknowledgeNotice(
      .with {
        $0.name = name
        $0.requestID = freshRequestID()
      }, metadata: caller(uri))
  }
}
