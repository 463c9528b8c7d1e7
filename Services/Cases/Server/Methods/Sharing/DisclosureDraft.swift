import AIP
import Authorization
import Crypto
import FoundationEssentials
import GRPCCore
import Policy
import PolicyPostgres
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// What is disclosed of a case to one recipient, as the policy shows it to that recipient, for the purpose of its request
/// and under what was approved, limited to the approved classes of data.
struct DisclosureDraft {
  private let request: ExchangeRecord
  private let content: PBSharingRequest
  private let reader: CaseReader
  private var disclosure = PBDisclosure()

  /// - Throws: FAILED_PRECONDITION when the recipient has nothing to do with the case any more.
  init(
    _ view: ExchangeView, _ content: PBSharingRequest, _ change: CaseChange, _ register: ExchangeRegister,
    _ name: RecordName<PBSharingRequest>
  ) async throws {
    guard let caseID = view.record.caseID,
      let requester = try Self.recipient(of: view.record, content, caseID, change)
    else { throw ServiceError(StepRefusal<SharingState>.missing([.recipient]), on: name.description) }
    request = view.record
    self.content = content
    reader = CaseReader(requester, key: try await register.reads.gate.readers.key.ready())
    let transaction = change.transaction
    _ = try await transaction.execute(LockCases(ids: [caseID]))
    let facts = try await transaction.execute(SelectCaseFacts(cases: [caseID])).first
    let files = try await transaction.execute(SelectCase(id: caseID, relations: reader.scope.relations))
    guard let facts, var file = files.first,
      let head = try await transaction.execute(SelectCaseHead(id: caseID)).first
    else { throw ServiceError.notFound(CaseName(caseID)) }
    file.facts = facts
    let sight = CaseSight(reader, facts).limited(to: content.givenClasses)
    guard let shown = reader.show(file, by: sight.decision) else {
      throw ServiceError(StepRefusal<SharingState>.missing([.recipient]), on: name.description)
    }
    disclosure.case = PBCase(shown)
    // Another case, which the recipient may know nothing of.
    disclosure.case.mergedInto = ""
    add(ProgressView(sight: sight, dossier: try await Dossier(head, in: transaction)))
    if content.givenClasses.contains(.submissions) { try await addSubmissions(of: caseID, facts, sight, transaction) }
  }

  /// Who asked, as it would call now, with what was approved: as a grant opens it.
  private static func recipient(
    of record: ExchangeRecord, _ content: PBSharingRequest, _ caseID: RecordID, _ change: CaseChange
  ) throws -> Requester? {
    guard let purpose = Purpose(content.purpose), let expiry = PostgresTimestamp(content.expireTime) else { return nil }
    let grant = Grant(
      id: record.id, caseID: caseID, classes: content.givenClasses, purpose: purpose, grantee: record.party,
      principal: record.creator, period: Period(from: .distantPast, until: PolicyTime(expiry)),
      requester: record.creator, approver: try PrincipalName(parsing: content.approver).id, isClearedByLegal: true)
    return change.sight.requester.recipient(record.creator, purpose: purpose, with: grant)
  }

  private mutating func add(_ view: ProgressView) {
    let dossier = view.dossier
    disclosure.incidents = dossier.incidents.latest.compactMap { view.show($0) }
    disclosure.suspects = dossier.suspects.compactMap { view.show($0) }
    disclosure.proceedings = dossier.proceedings.compactMap { view.show($0) }
    disclosure.facts = dossier.facts.compactMap { view.show($0) }
    disclosure.tracks = dossier.tracks.compactMap { view.show($0) }
    disclosure.assertions = dossier.testimonies.compactMap { view.show($0) }
    disclosure.communications = dossier.communications.compactMap { view.show($0) }
  }

  private mutating func addSubmissions(
    of caseID: RecordID, _ facts: CaseFacts, _ sight: CaseSight, _ transaction: PostgresTransaction
  ) async throws {
    var after: RecordID?
    while true {
      let select = SelectExchange(
        selection: .page(.submission, of: caseID, after: after, limit: 500, for: .everything))
      let records = try await transaction.execute(select)
      for record in records {
        let view = ExchangeView(
          record, sight: CaseSight(record, about: facts, reader), caseSight: sight, .infinity)
        if view.isShown { disclosure.submissions.append(try PBSubmission(view)) }
      }
      guard records.count == 500 else { return }
      after = records.last?.id
    }
  }

  // MARK: The document

  /// The package of it, and the document with the recipient's mark.
  func package(
    key: SymmetricKey, _ change: CaseChange
  ) throws -> (record: ExchangeRecord, document: DisclosureDocument) {
    let id = change.newID()
    var package = PBDisclosurePackage()
    package.number = Self.number(of: id, change.today)
    package.purpose = content.purpose
    package.dataClasses = content.approvedClasses
    package.conditions = conditions
    package.expireTime = content.expireTime
    let (bytes, watermark) = try marked(package, key, change)
    package.sha256 = Data(SHA256.hash(data: bytes))
    package.sizeBytes = Int64(bytes.count)
    let record = ExchangeRecord(
      id: id, kind: .package, caseID: request.caseID, party: request.party, request: request.id,
      content: try package.serializedBytes(), creator: change.author, author: change.author, createTime: change.now,
      recordTime: change.now)
    return (record, DisclosureDocument(package: id, bytes: bytes, watermark: watermark))
  }

  /// Of the approval, and of the consents to what is passed on.
  private var conditions: [String] {
    let consents = disclosure.submissions.flatMap(\.consents).filter(\.isInForce)
    return content.conditions + consents.flatMap(\.conditions)
  }

  private func marked(
    _ package: PBDisclosurePackage, _ key: SymmetricKey, _ change: CaseChange
  ) throws -> (bytes: [UInt8], watermark: String) {
    var marked = disclosure
    marked.watermark = .with {
      $0.number = package.number
      $0.recipient = request.party.description
      $0.purpose = package.purpose
      $0.dataClasses = package.dataClasses
      $0.conditions = package.conditions
      $0.createTime = Google_Protobuf_Timestamp(change.now)
    }
    let code = HMAC<SHA256>.authenticationCode(for: try document(marked), using: key)
    marked.watermark.digest = Self.hexadecimal(code)
    return (try document(marked), marked.watermark.digest)
  }

  /// Canonical, with the recipient's own identifiers in the place of the register's: two recipients cannot compare theirs.
  private func document(_ disclosure: PBDisclosure) throws -> [UInt8] {
    let json: [UInt8] = try disclosure.jsonUTF8Bytes()
    guard let tree = JSONTree(json) else {
      throw ServiceError(.internalError, .internalFault, "a disclosure is no JSON")
    }
    return tree.mapStrings { text -> String in
      guard text.contains("/") else { return String(text) }
      return text.split(separator: "/", omittingEmptySubsequences: false).map { part in
        guard let id = RecordID(part), id != request.caseID else { return String(part) }
        return reader.pseudonymousID(for: id).description
      }.joined(separator: "/")
    }.canonical
  }

  private static func number(of id: RecordID, _ today: PartialDate) -> String {
    let digits = hexadecimal((0..<5).map { UInt8(truncatingIfNeeded: id.low >> (8 * (4 - $0))) })
    return "DP-\(today.year)-\(digits.uppercased())"
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
