import GRPCCore
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

// Short forms of calls, as the first operator and the first case officer unless told otherwise.
extension AccessHarness {
  @discardableResult
  func organisation(
    _ party: String, _ kind: PBOrganisation.Kind, as uri: String? = operatorURI,
    _ change: (inout PBCreateOrganisationRequest) -> Void = { _ in }
  ) async throws -> PBOrganisation {
    var request = PBCreateOrganisationRequest.with {
      $0.organisation.party = party
      $0.organisation.displayName = "Organisation \(party)"
      $0.organisation.kind = kind
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await directory.createOrganisation(request, metadata: caller(uri))
  }

  /// A system of the organisation, whose certificates name it `client`.
  @discardableResult
  func principal(
    _ client: String, of organisation: PBOrganisation, as uri: String? = operatorURI,
    _ change: (inout PBCreatePrincipalRequest) -> Void = { _ in }
  ) async throws -> PBPrincipal {
    var request = PBCreatePrincipalRequest.with {
      $0.principal.organisation = organisation.name
      $0.principal.displayName = "System \(client)"
      $0.principal.certificateUri = Self.uri(client)
      $0.principal.clearance = .confidential
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await directory.createPrincipal(request, metadata: caller(uri))
  }

  @discardableResult
  func role(
    _ reader: PBReaderClass, to principal: String, as uri: String? = officerURI,
    _ change: (inout PBCreateRoleAssignmentRequest) -> Void = { _ in }
  ) async throws -> PBRoleAssignment {
    var request = PBCreateRoleAssignmentRequest.with {
      $0.parent = principal
      $0.roleAssignment.reader = reader
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await directory.createRoleAssignment(request, metadata: caller(uri))
  }

  func end(
    _ role: PBRoleAssignment, as uri: String? = officerURI, etag: String = ""
  ) async throws -> PBRoleAssignment {
    let request = PBEndRoleAssignmentRequest.with {
      $0.name = role.name
      $0.etag = etag
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await directory.endRoleAssignment(request, metadata: caller(uri))
  }

  func disable(
    _ principal: String, as uri: String? = operatorURI, etag: String = ""
  ) async throws -> PBPrincipal {
    let request = PBDisablePrincipalRequest.with {
      $0.name = principal
      $0.etag = etag
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await directory.disablePrincipal(request, metadata: caller(uri))
  }

  func delegate(
    _ readers: [PBReaderClass], to principal: String, as uri: String? = officerURI, seconds: Int64 = 3600,
    _ change: (inout PBCreateDelegationRequest) -> Void = { _ in }
  ) async throws -> PBDelegation {
    var request = PBCreateDelegationRequest.with {
      $0.delegation.delegate = principal
      $0.delegation.readers = readers
      $0.delegation.endTime = time.now
      $0.delegation.endTime.seconds += seconds
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await directory.createDelegation(request, metadata: caller(uri))
  }

  func revoke(_ delegation: PBDelegation, as uri: String? = officerURI) async throws -> PBDelegation {
    let request = PBRevokeDelegationRequest.with {
      $0.name = delegation.name
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await directory.revokeDelegation(request, metadata: caller(uri))
  }

  /// The names of the principals that the caller may know of, in pages of `pageSize`.
  func principals(
    as uri: String, filter: String = "", pageSize: Int32 = 0
  ) async throws -> [String] {
    var request = PBListPrincipalsRequest.with {
      $0.filter = filter
      $0.pageSize = pageSize
    }
    var names: [String] = []
    repeat {
      let page = try await directory.listPrincipals(request, metadata: caller(uri))
      #expect(pageSize == 0 || page.principals.count <= Int(pageSize))
      names += page.principals.map(\.name)
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return names
  }

  func roles(
    of principal: String, as uri: String = officerURI, filter: String = ""
  ) async throws -> [PBRoleAssignment] {
    let request = PBListRoleAssignmentsRequest.with {
      $0.parent = principal
      $0.filter = filter
    }
    return try await directory.listRoleAssignments(request, metadata: caller(uri)).roleAssignments
  }

  func delegations(
    of principal: String, as uri: String = officerURI, filter: String = ""
  ) async throws -> [PBDelegation] {
    let request = PBListDelegationsRequest.with {
      $0.parent = principal
      $0.filter = filter
    }
    return try await directory.listDelegations(request, metadata: caller(uri)).delegations
  }

  static func uri(_ client: String) -> String { "spiffe://vigil.local/client/\(client)" }
}
