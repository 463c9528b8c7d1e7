import VigilCasesAPI
import VigilTypeAPI

extension PBCaseLifecycle: CaseRow {
  static let columns: [Column<PBCaseLifecycle>] = [
    Column("state") { label($0.state) },
    Column("next_states") { $0.nextStates.map { label($0) }.joined(separator: " ") },
    Column("outcome") { label($0.outcome) },
    Column("resolution") { label($0.resolution) },
    Column("pending_closure") { $0.pendingClosure },
    Column("transition_time") { $0.hasTransitionTime ? $0.transitionTime.text : "" },
    Column("opening_date") { $0.hasOpeningDate ? $0.openingDate.text : "" },
    Column("merged_into", for: .programs) { $0.mergedInto },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBCaseTransition: CaseRow {
  static let columns: [Column<PBCaseTransition>] = [
    Column("create_time") { $0.createTime.text },
    Column("from_state") { label($0.fromState) },
    Column("to_state") { label($0.toState) },
    Column("reason") { $0.reason },
    Column("closure", for: .programs) { $0.closure },
    Column("merged_into", for: .programs) { $0.mergedInto },
  ]
}

extension PBClosure: CaseRow {
  static let columns: [Column<PBClosure>] = [
    Column("outcome") { label($0.outcome) },
    Column("state") { label($0.state) },
    Column("reason") { $0.reason },
    Column("document") { $0.document },
    Column("proposer", for: .programs) { $0.proposer },
    Column("decider", for: .programs) { $0.decider },
    Column("decide_time", for: .programs) { $0.hasDecideTime ? $0.decideTime.text : "" },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBRegrading: CaseRow {
  static let columns: [Column<PBRegrading>] = [
    Column("previous_classification") { label($0.previousClassification) },
    Column("classification") { label($0.classification) },
    Column("state") { label($0.state) },
    Column("reason") { $0.reason },
    Column("proposer", for: .programs) { $0.proposer },
    Column("decider", for: .programs) { $0.decider },
    Column("decide_time", for: .programs) { $0.hasDecideTime ? $0.decideTime.text : "" },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBTrack: CaseRow {
  static let columns: [Column<PBTrack>] = [
    Column("verified") { $0.verified.text },
    Column("host_claim") { $0.hostClaim.text },
    Column("disputed") { $0.rivals.map(\.text).joined(separator: " ") },
    Column("live") { $0.live ? "yes" : "no" },
    Column("next_stages", for: .programs) { $0.nextStages.map(\.text).joined(separator: " ") },
    Column("proceeding", for: .programs) { $0.proceeding },
    Column("suspect", for: .programs) { $0.suspect },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
    Column("redacted") { $0.redactions.fields },
  ]
}

extension PBStageAssertion: CaseRow {
  static let columns: [Column<PBStageAssertion>] = [
    Column("stage") { $0.stage.text },
    Column("effective_date") { $0.effectiveDate.text },
    Column("known_date") { $0.knownDate.text },
    Column("source") { label($0.source) },
    Column("certainty") { label($0.certainty) },
    Column("note", for: .programs) { $0.note },
    Column("document") { $0.document },
    Column("inferred") { $0.inferred ? "yes" : "" },
    Column("superseded") { $0.superseded ? "yes" : "" },
    Column("name") { $0.name },
    Column("redacted") { $0.redactions.fields },
  ]
}

extension PBProceeding: CaseRow {
  static let columns: [Column<PBProceeding>] = [
    Column("forum") { label($0.forum) },
    Column("party") { $0.party },
    Column("authority") { $0.authority },
    Column("docket") { $0.docket },
    Column("name") { $0.name },
    Column("redacted") { $0.redactions.fields },
  ]
}

extension PBProceedingFact: CaseRow {
  static let columns: [Column<PBProceedingFact>] = [
    Column("kind") { label($0.kind) },
    Column("date") { $0.date.text },
    Column("detail") { $0.detail },
    Column("document") { $0.document },
    Column("track", for: .programs) { $0.track },
    Column("name", for: .programs) { $0.name },
    Column("redacted") { $0.redactions.fields },
  ]
}

extension PBSuspect: CaseRow {
  static let columns: [Column<PBSuspect>] = [
    Column("alias") { $0.alias },
    Column("affiliation") { $0.affiliation },
    Column("status") { label($0.status) },
    Column("name") { $0.name },
    Column("redacted") { $0.redactions.fields },
  ]
}

extension PBCommunication: CaseRow {
  static let columns: [Column<PBCommunication>] = [
    Column("sent_date") { $0.sentDate.text },
    Column("direction") { label($0.direction) },
    Column("kind") { label($0.kind) },
    Column("act") { label($0.act) },
    Column("party") { $0.party },
    Column("symbol") { $0.symbol },
    Column("subject") { $0.subject },
    Column("name", for: .programs) { $0.name },
    Column("redacted") { $0.redactions.fields },
  ]
}

extension PBProposal: CaseRow {
  static let columns: [Column<PBProposal>] = [
    Column("party") { $0.party },
    Column("change") { $0.change.text },
    Column("state") { label($0.state) },
    Column("reason") { $0.reason },
    Column("decision") { $0.decision },
    Column("name") { $0.name },
    Column("result", for: .programs) { $0.result },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBTimelineEntry: CaseRow {
  static let columns: [Column<PBTimelineEntry>] = [
    Column("create_time") { $0.when },
    Column("event") { $0.what },
    Column("name") { $0.about },
  ]

  private var when: String {
    switch event {
    case .transition(let entry)?: entry.createTime.text
    case .assertion(let entry)? where entry.hasCreateTime: entry.createTime.text
    case .proceeding(let entry)? where entry.hasCreateTime: entry.createTime.text
    case .fact(let entry)? where entry.hasCreateTime: entry.createTime.text
    case .suspect(let entry)? where entry.hasCreateTime: entry.createTime.text
    case .communication(let entry)? where entry.hasCreateTime: entry.createTime.text
    default: ""
    }
  }

  private var what: String {
    switch event {
    case .transition(let entry)?: "case \(label(entry.toState))"
    case .assertion(let entry)?: "\(entry.stage.text) \(label(entry.certainty)) by \(label(entry.source))"
    case .proceeding(let entry)?: "proceeding \(label(entry.forum)) \(entry.party)"
    case .fact(let entry)?: "\(label(entry.kind)) \(entry.detail)"
    case .suspect(let entry)?: "suspect \(entry.alias)"
    case .communication(let entry)?: "\(label(entry.direction)) \(label(entry.act)) \(entry.party) \(entry.symbol)"
    case nil: ""
    }
  }

  private var about: String {
    switch event {
    case .assertion(let entry)?: entry.name
    case .proceeding(let entry)?: entry.name
    case .fact(let entry)?: entry.name
    case .suspect(let entry)?: entry.name
    case .communication(let entry)?: entry.name
    case .transition(let entry)?: entry.closure
    case nil: ""
    }
  }
}

extension PBStage {
  /// Its name in its vocabulary.
  var text: String {
    switch vocabulary {
    case .accountability(let stage)?: label(stage)
    case .diplomatic(let stage)?: label(stage)
    case nil: ""
    }
  }
}

extension PBProposedChange {
  /// What it would do, in short.
  fileprivate var text: String {
    switch change {
    case .assertion(let proposed)?: proposed.assertion.stage.text
    case .suspect?: "SUSPECT"
    case .proceeding(let proceeding)?: "PROCEEDING \(label(proceeding.forum))"
    case .fact(let proposed)?: label(proposed.fact.kind)
    case nil: ""
    }
  }
}
