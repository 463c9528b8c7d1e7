import AIP
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension PBSharingRequest: ExchangeMessage {
  typealias Step = SharingState
  static let recordKind = ExchangeRecord.Kind.request
  static let recordClasses: DataClassSet = [.privileged]

  init(_ view: ExchangeView) throws {
    self = try PBSharingRequest(serializedBytes: view.record.content)
    let state = try view.sharingState(of: self)
    name = RecordName<PBSharingRequest>(view.record.id).description
    self.case = view.caseName
    party = view.record.party.description
    self.state = .init(number: state)
    nextStates = state.next.filter { view.mayTry($0, from: state) }
      .sorted { $0.rawValue < $1.rawValue }.map { .init(number: $0) }
    etag = Etag(revision: view.record.revision).description
    createTime = Google_Protobuf_Timestamp(view.record.createTime)
    updateTime = Google_Protobuf_Timestamp(view.record.recordTime)
    // Advice of the Office of Legal Affairs and who gave it stay with the Secretariat.
    guard view.sight.decision.disposition(.privileged).transform < .clear else { return }
    safeguards = []
    approver = ""
  }

  var facets: ExchangeFacets {
    ExchangeFacets(caseName: self.case, party: party, state: SharingState(number: state)?.name ?? "")
  }

  /// What can be part of a disclosure: of the rest there is nothing on record here, or it is nobody's to share.
  static let sharable: DataClassSet = [
    .core, .exact, .victimAttributes, .victimIdentity, .kinMedical, .suspectIdentity, .communications, .hostProgress,
    .submissions,
  ]
}

extension ExchangeView {
  /// Where a request stands at this moment.
  func sharingState(of content: PBSharingRequest) throws(ServiceError) -> SharingState {
    let expiry = content.hasExpireTime ? PostgresTimestamp(content.expireTime) : nil
    return try state(SharingState.self).known(at: now, until: expiry)
  }

  /// Whether the reader is one of those who take the step, whatever else is missing for it.
  func mayTry(_ target: SharingState, from state: SharingState) -> Bool {
    state.conditions(for: target).contains(.originator) ? isOwn || isHandled : isHandled
  }
}

extension Safeguard {
  /// - Throws: INVALID_ARGUMENT for what cannot be.
  init(_ message: PBSafeguard, field: String, recorder: RecordID) throws(ServiceError) {
    self.init(
      kind: try FieldRules.word(message.kind, field: "\(field).kind"),
      outcome: try FieldRules.word(message.outcome, field: "\(field).outcome"), recorder: recorder)
    let document = try FieldRules.optionalText(message.document, field: "\(field).document", limit: 200)
    guard outcome == .pending || !document.isEmpty else {
      throw .invalid("\(field).document", "is required unless it is pending")
    }
    _ = try FieldRules.prose(message.detail, field: "\(field).detail", limit: 2000)
  }

  /// One that is on record.
  init?(_ message: PBSafeguard) {
    guard let kind = SafeguardKind(number: message.kind), let outcome = SafeguardOutcome(number: message.outcome),
      let name = try? PrincipalName(parsing: message.recorder)
    else { return nil }
    self.init(kind: kind, outcome: outcome, recorder: name.id)
  }
}

extension FieldRules {
  /// Classes of data, each once and of those that are allowed: at least one.
  static func classes(
    _ values: [PBDataClass], field: String, of allowed: DataClassSet
  ) throws(ServiceError) -> DataClassSet {
    let classes = values.compactMap { DataClass($0) }
    let set = DataClassSet(classes)
    guard !values.isEmpty, classes.count == values.count, set.count(where: { _ in true }) == values.count,
      set.isSubset(of: allowed)
    else { throw .invalid(field, "must be of \(allowed), each once") }
    return set
  }
}

extension PolicyCode {
  /// The word that a value of the contract's stands for, whose numbers begin with 1.
  init?(_ value: some SwiftProtobuf.Enum) {
    guard let number = UInt8(exactly: value.rawValue - 1) else { return nil }
    self.init(rawValue: number)
  }
}

extension PBSharingRequest {
  /// What is asked for, or was approved.
  var askedClasses: DataClassSet { DataClassSet(dataClasses.compactMap { DataClass($0) }) }
  var givenClasses: DataClassSet { DataClassSet(approvedClasses.compactMap { DataClass($0) }) }
}
