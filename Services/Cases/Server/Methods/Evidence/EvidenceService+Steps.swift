import AIP
import GRPCCore
import Policy
import Records
import SwiftProtobuf
import VigilCasesAPI

/// A request for something to be done with an item.
protocol EvidenceStepRequest: ChangeRequest {
  var name: String { get }
  var etag: String { get }
}

extension EvidenceService {
  /// Does something with an item.
  ///
  /// - Parameters:
  ///   - action: with the classes, what the caller must be allowed; reading, where it is a matter of who holds the item.
  ///   - body: judges, and says what was done.
  func step<Request: EvidenceStepRequest>(
    _ request: Request, for action: Action, of classes: DataClassSet = [.evidenceRegister], _ context: ServerContext,
    _ body: (CaseChange, EvidenceItem) async throws -> CustodyEvent
  ) async throws -> PBEvidenceItem {
    let name = try MemberName<EvidenceAccount>(parsing: request.name)
    return try await ledger.record(request, asking: name, for: action, classes, context) { change, dossier in
      try change.sight.requireUnlocked()
      let item = try change.sight.item(name, dossier.items)
      try item.etag.check(request.etag)
      let event: CustodyEvent
      do {
        event = try await body(change, item)
      } catch let refusal as CustodyRefusal {
        throw ServiceError(refusal, on: name.description)
      }
      return try await change.add(event, to: item, dossier)
    }
  }

  func handOverEvidence(request: PBHandOverEvidenceRequest, context: ServerContext) async throws -> PBEvidenceItem {
    try await step(request, for: .read, context) { change, item in
      try item.checkHandOver(by: change.sight.party)
      let receiver = try FieldRules.party(request.receiver, field: "receiver")
      return change.event(.handedOver, of: item.id, holder: receiver)
    }
  }

  func receiveEvidence(request: PBReceiveEvidenceRequest, context: ServerContext) async throws -> PBEvidenceItem {
    try await step(request, for: .read, context) { change, item in
      let transfer = try item.checkReceipt(by: change.author, of: change.sight.party)
      let custodian = try FieldRules.optionalText(request.custodian, field: "custodian", limit: 200)
      return change.event(
        .received, of: item.id, holder: transfer.holder, custodian: custodian, answers: transfer.id)
    }
  }

  func placeLegalHold(request: PBPlaceLegalHoldRequest, context: ServerContext) async throws -> PBEvidenceItem {
    try await step(request, for: .write, context) { change, item in
      try item.checkStanding()
      return change.event(.holdPlaced, of: item.id)
    }
  }

  func liftLegalHold(request: PBLiftLegalHoldRequest, context: ServerContext) async throws -> PBEvidenceItem {
    try await step(request, for: .write, context) { change, item in
      let name = MemberName<EvidenceAccount>(item.caseID, item.id)
      let id = CustodyEvent.id(in: request.hold, of: name)
      guard request.hold.isEmpty || id != nil else {
        throw ServiceError.invalid("hold", "must be the name of a custody event of the item")
      }
      return change.event(.holdLifted, of: item.id, answers: try item.checkLifting(id).id)
    }
  }

  func proposeDisposal(request: PBProposeDisposalRequest, context: ServerContext) async throws -> PBEvidenceItem {
    try await step(request, for: .write, of: [.evidenceRegister, .evidenceContent], context) { change, item in
      try item.checkDisposal(today: change.today)
      return change.event(.disposalProposed, of: item.id)
    }
  }
}
