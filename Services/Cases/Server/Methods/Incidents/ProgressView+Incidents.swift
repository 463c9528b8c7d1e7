import AIP
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

// What happened, as the contract shows it to the reader.
extension ProgressView {
  /// The classes of data that incidents are of.
  static let incidentClasses: DataClassSet = [.core, .exact]

  func show(_ account: IncidentAccount) -> PBIncident? {
    let core = sight.decision.disposition(.core)
    let exact = sight.decision.disposition(.exact)
    guard core.transform != .absent else { return nil }
    var message = PBIncident()
    message.name = MemberName<IncidentAccount>(account.caseID, account.incident).description
    message.redactions = redactions(core, exact)
    guard core.transform >= .generalise else { return message }
    let isDayShown = core.transform == .clear
    setCore(of: account, isDayShown: isDayShown, isTimeShown: exact.transform == .clear, in: &message)
    if exact.transform == .clear {
      setExact(of: account, in: &message)
    } else if exact.transform >= .generalise, let point = account.point {
      message.point = PBGeoPoint(point.coarse)
    }
    // When the register learnt of it can tell when it happened.
    guard isDayShown else { return message }
    message.knownDate = PBPartialDate(account.known)
    message.createTime = Google_Protobuf_Timestamp(account.createTime)
    if sight.mayWrite(.core) { message.etag = Etag(revision: account.revision).description }
    return message
  }

  private func setCore(
    of account: IncidentAccount, isDayShown: Bool, isTimeShown: Bool, in message: inout PBIncident
  ) {
    let occurred = account.occurred
    message.occurred =
      (isDayShown ? (isTimeShown ? occurred : occurred.withoutTimes) : occurred.withoutDays).description
    message.territorialState = account.territorialState
    message.admin1 = account.admin1
    message.acts = account.acts.map { .init(number: $0) }
    message.targets = account.targets.map { .init(number: $0) }
    message.ongoing = account.isOngoing
    message.source = .init(number: account.source)
    message.certainty = .init(number: account.certainty)
  }

  private func setExact(of account: IncidentAccount, in message: inout PBIncident) {
    message.zone = account.zone
    if let time = account.reported { message.reportTime = Google_Protobuf_Timestamp(time) }
    message.place = account.place
    if let point = account.point { message.point = PBGeoPoint(point) }
    message.contexts = account.contexts.map { .init(number: $0) }
    message.means = account.means.map { .init(number: $0) }
    message.narrative = account.narrative
    message.narrativeLanguage = account.narrativeLanguage
    message.externalIds = account.externalIDs.map { id in
      .with {
        $0.system = .init(number: id.system)
        $0.id = id.id
      }
    }
  }

  /// Depends on the reader and the case, never on what is held back.
  private func redactions(_ core: Disposition, _ exact: Disposition) -> [PBRedaction] {
    var redacted: [Redacted] = []
    if core.transform < .clear {
      let isCoarse = core.transform >= .generalise
      let fields = ["occurred", "territorial_state", "admin1", "acts", "targets", "ongoing", "source", "certainty"]
      redacted +=
        isCoarse
        ? [Redacted("occurred", .core, .generalise, core)]
        : fields.map { Redacted($0, .core, .drop, core) }
      redacted += ["known_date", "create_time"].map { Redacted($0, .core, .drop, core) }
    }
    guard exact.transform < .clear, exact.transform != .absent else { return redacted.map(PBRedaction.init) }
    let isCoarse = exact.transform >= .generalise
    if core.transform == .clear { redacted.append(Redacted("occurred", .exact, .generalise, exact)) }
    redacted.append(Redacted("point", .exact, isCoarse ? .generalise : .drop, exact))
    let dropped = [
      "zone", "report_time", "place", "contexts", "means", "narrative", "narrative_language", "external_ids",
    ]
    redacted += dropped.map { Redacted($0, .exact, .drop, exact) }
    return redacted.map(PBRedaction.init)
  }
}

extension PBGeoPoint {
  fileprivate init(_ point: GeoPoint) {
    self.init()
    latitude = point.latitude
    longitude = point.longitude
    radiusMeters = point.radius
  }
}
