import AIP
import Authorization
import GRPCCore
import Policy
import Postgres
import VigilCasesAPI

extension Dossier {
  /// The items of evidence of the case, in the order in which they came on record.
  var items: [EvidenceItem] { evidence.items(custody) }
}

extension CaseSight {
  /// An item of evidence that the caller sees.
  ///
  /// - Throws: NOT_FOUND for one that there is not or that the caller may not know of.
  func item(_ name: MemberName<EvidenceAccount>, _ items: [EvidenceItem]) throws(ServiceError) -> EvidenceItem {
    guard let found = items.first(where: { $0.id == name.id }), sees(found) else { throw .notFound(name) }
    return found
  }

  /// Whether the caller sees what is on record of an item. There is no summary of one.
  func sees(_ item: EvidenceItem, _ dataClass: DataClass = .evidenceRegister) -> Bool {
    decision.disposition(dataClass, in: item.account.facts).transform == .clear
  }

  /// - Throws: PERMISSION_DENIED unless the caller may change items of anybody's with all of the classes, or its own.
  func requireChange(of originator: PartyID, _ classes: DataClassSet) throws(ServiceError) {
    let mayWrite = classes.isSubset(of: decision.writable)
    guard mayWrite || originator == party && classes.isSubset(of: decision.contributable) else { throw .refused }
  }

  /// - Throws: PERMISSION_DENIED while nothing of the case may be changed.
  func requireUnlocked() throws(ServiceError) {
    let decision = requester.decide(facts, .contribute, [.evidenceRegister], gate: gate)
    guard decision.refusal != .lockdown else { throw .refused }
  }
}

extension CaseChange {
  /// Puts on record what was done with an item, and gives the item as the caller sees it then.
  func add(_ event: CustodyEvent, to item: EvidenceItem, _ dossier: Dossier) async throws -> PBEvidenceItem {
    var item = item
    item.take(try await add(event))
    return try shown(item, dossier) { $0.show($1) }
  }

  func event(
    _ kind: CustodyEvent.Kind, of item: RecordID, holder: PartyID? = nil, custodian: String = "",
    answers: RecordID? = nil
  ) -> CustodyEvent {
    CustodyEvent(
      id: newID(), caseID: caseID, item: item, kind: kind, party: sight.party, holder: holder, custodian: custodian,
      reason: reason, answers: answers, author: author, createTime: now)
  }

  /// - Throws: INVALID_ARGUMENT for what cannot be.
  func check(_ account: EvidenceAccount, _ head: CaseHead) throws(ServiceError) {
    do {
      try account.check(incident: head.incident, today: today)
    } catch {
      throw ServiceError(error, of: "evidence_item")
    }
  }
}

/// Asks the domain, and tells its refusal of an item.
func judging<Result>(
  _ name: MemberName<EvidenceAccount>, _ body: () throws(CustodyRefusal) -> Result
) throws(ServiceError) -> Result {
  do {
    return try body()
  } catch {
    throw ServiceError(error, on: name.description)
  }
}
