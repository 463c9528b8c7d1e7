import AIP
import GRPCCore
import Policy
import Postgres
import VigilCasesAPI

// What is put on record of victims.
extension CaseChange {
  /// The most victims of one case.
  private static let limit = 5000

  /// - Throws: FAILED_PRECONDITION of a case that is neither being written nor handled.
  func requireDescribable(_ head: CaseHead) throws(ServiceError) {
    guard head.state == .draft || head.state.isHandled else {
      throw ServiceError(
        LifecycleRefusal.notAllowed(after: head.state, allowed: head.state.next),
        on: PartName<LifecyclePart>(caseID).description)
    }
  }

  /// - Parameter fieldNames: what the request calls each.
  /// - Throws: INVALID_ARGUMENT for what cannot be, and for more than a case holds.
  func add(_ messages: [PBVictim], as fieldNames: [String], _ head: CaseHead) async throws -> [PBVictim] {
    try requireDescribable(head)
    let victims = try zip(messages, fieldNames).map { message, name in
      let victim = try Victim(message, id: newID(), as: name)
      try check(victim, head, as: name)
      return victim
    }
    let file = try await file()
    guard file.victims.count + victims.count <= Self.limit else {
      throw ServiceError.invalid("victims", "a case holds at most 5,000 records of victims")
    }
    let added = victims.reduce(0) { $0 + $1.headCount }
    _ = try await transaction.execute(
      InsertEnteredVictims(caseID: caseID, victims: victims),
      UpdateVictimCount(caseID: caseID, added: added, time: now))
    return try await shown(victims.map(\.id))
  }

  func check(_ victim: Victim, _ head: CaseHead, as fieldName: String) throws(ServiceError) {
    do {
      try victim.check(incident: head.incident, today: today)
    } catch {
      throw ServiceError(error, of: fieldName)
    }
  }

  /// The case with its victims, as it stands.
  func file() async throws -> CaseFile {
    guard var file = try await transaction.execute(SelectCase(id: caseID, relations: [])).first else {
      throw ServiceError.notFound(CaseName(caseID))
    }
    file.facts = sight.facts
    return file
  }

  /// A victim of the case.
  ///
  /// - Throws: NOT_FOUND for another; ABORTED for another etag.
  func victim(_ name: VictimName, etag: String) async throws -> FiledVictim {
    guard let found = try await file().victims.first(where: { $0.record.id == name.id }) else {
      throw ServiceError.notFound(name)
    }
    try Etag(revision: found.record.revision).check(etag)
    return found
  }

  /// Victims as the caller sees them, in the order of their identifiers.
  func shown(_ ids: [RecordID]) async throws -> [PBVictim] {
    var file = try await file()
    let places = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    file.victims = file.victims.filter { places[$0.record.id] != nil }
      .sorted { places[$0.record.id, default: 0] < places[$1.record.id, default: 0] }
    guard let shown = sight.reader.show(file), shown.victims.count == ids.count else { throw ServiceError.refused }
    return shown.victims.map { PBVictim($0, of: caseID) }
  }
}
