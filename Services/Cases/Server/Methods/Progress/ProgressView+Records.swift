import AIP
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

// What is on record, as the contract shows it to the reader.
extension ProgressView {
  func show(_ communication: Communication) -> PBCommunication? {
    guard
      let (extent, redactions) = shown(
        .communications, of: [communication.party], fields: ["kind", "direction", "act", "party"],
        withheld: ["sent_date", "symbol", "subject", "answers", "create_time"])
    else { return nil }
    var message = PBCommunication()
    message.name = MemberName<Communication>(communication.caseID, communication.id).description
    message.redactions = redactions
    guard extent != .nothing else { return message }
    message.kind = .init(number: communication.kind)
    message.direction = .init(number: communication.direction)
    message.act = .init(number: communication.act)
    message.party = communication.party.description
    message.sentDate = PBPartialDate(extent == .whole ? communication.sent : communication.sent.withoutDay)
    guard extent == .whole else { return message }
    message.symbol = communication.symbol
    message.subject = communication.subject
    message.answers =
      communication.answers.map { MemberName<Communication>(communication.caseID, $0).description } ?? ""
    message.createTime = Google_Protobuf_Timestamp(communication.createTime)
    return message
  }

  func show(_ proceeding: Proceeding) -> PBProceeding? {
    guard
      let (extent, redactions) = shown(
        .hostProgress, of: [proceeding.party], fields: ["forum", "party"],
        withheld: ["authority", "docket", "create_time"])
    else { return nil }
    var message = PBProceeding()
    message.name = MemberName<Proceeding>(proceeding.caseID, proceeding.id).description
    message.redactions = redactions
    guard extent != .nothing else { return message }
    message.forum = .init(number: proceeding.forum)
    message.party = proceeding.party.description
    guard extent == .whole else { return message }
    message.authority = proceeding.authority
    message.docket = proceeding.docket
    message.createTime = Google_Protobuf_Timestamp(proceeding.createTime)
    return message
  }

  func show(_ fact: ProceedingFact) -> PBProceedingFact? {
    let owners = proceeding(fact.proceeding).map { [$0.party] } ?? []
    guard
      let (extent, redactions) = shown(
        .hostProgress, of: owners, fields: ["kind", "track"], withheld: ["date", "detail", "document", "create_time"])
    else { return nil }
    var message = PBProceedingFact()
    message.name = fact.name
    message.redactions = redactions
    guard extent != .nothing else { return message }
    message.kind = .init(number: fact.kind)
    message.track = fact.track.map { MemberName<Track>(fact.caseID, $0).description } ?? ""
    if let date = fact.date { message.date = PBPartialDate(extent == .whole ? date : date.withoutDay) }
    guard extent == .whole else { return message }
    message.detail = fact.detail
    message.document = fact.document
    message.createTime = Google_Protobuf_Timestamp(fact.createTime)
    return message
  }

  /// Who may not know who it is gets a name of its own for the person, where it may know that there is one.
  func show(_ suspect: Suspect) -> PBSuspect? {
    let owners = dossier.forums(of: suspect).map(\.party)
    guard
      let (extent, redactions) = shown(
        .suspectIdentity, of: owners, summary: .pseudonym, fields: ["status"],
        withheld: ["alias", "affiliation", "create_time"])
    else { return nil }
    var message = PBSuspect()
    message.name = MemberName<Suspect>(suspect.caseID, suspect.id).description
    message.redactions = redactions
    guard extent != .nothing else { return message }
    message.status = .init(number: suspect.status)
    guard extent == .whole else {
      message.alias = sight.reader.pseudonym(for: suspect.id)
      return message
    }
    message.alias = suspect.alias
    message.affiliation = suspect.affiliation
    message.createTime = Google_Protobuf_Timestamp(suspect.createTime)
    return message
  }

  func show(_ testimony: Testimony) -> PBStageAssertion? {
    guard let track = dossier.tracks.first(where: { $0.id == testimony.track }),
      let (extent, redactions) = shown(
        .hostProgress, of: owners(of: track),
        fields: ["stage", "source", "certainty", "inferred", "superseded", "supersedes"],
        withheld: ["effective_date", "known_date", "document", "note", "proposal", "create_time"])
    else { return nil }
    var message = PBStageAssertion()
    message.name = AssertionName(testimony).description
    message.redactions = redactions
    guard extent != .nothing else { return message }
    message.stage = PBStage(track.kind, testimony.stage)
    if let date = testimony.effective {
      message.effectiveDate = PBPartialDate(extent == .whole ? date : date.withoutDay)
    }
    message.source = .init(number: testimony.source)
    message.certainty = .init(number: testimony.certainty)
    message.inferred = testimony.isInferred
    message.superseded = dossier.testimonies.contains { $0.supersedes == testimony.id }
    message.supersedes = testimony.supersedes.map { AssertionName(testimony, id: $0).description } ?? ""
    guard extent == .whole else { return message }
    message.knownDate = PBPartialDate(testimony.known)
    message.document = testimony.document
    message.note = testimony.note
    message.proposal = testimony.proposal.map { MemberName<Proposal>(testimony.caseID, $0).description } ?? ""
    message.createTime = Google_Protobuf_Timestamp(testimony.createTime)
    return message
  }

  /// Proposals are shown to those who may accept them, and to the party whose they are.
  func show(_ proposal: Proposal) throws -> PBProposal? {
    let change = try PBProposedChange(serializedBytes: proposal.content)
    guard proposal.party == sight.party || sight.mayWrite(change.dataClass) else { return nil }
    return .with {
      $0.name = MemberName<Proposal>(proposal.caseID, proposal.id).description
      $0.change = change
      $0.party = proposal.party.description
      $0.reason = proposal.reason
      $0.state = .init(number: proposal.state)
      $0.decision = proposal.decision
      if let time = proposal.decideTime { $0.decideTime = Google_Protobuf_Timestamp(time) }
      $0.result = proposal.result
      $0.etag = Etag(revision: proposal.revision).description
      $0.createTime = Google_Protobuf_Timestamp(proposal.createTime)
    }
  }
}

extension PBProposedChange {
  /// The class of data that it would change.
  var dataClass: DataClass {
    if case .suspect? = change { .suspectIdentity } else { .hostProgress }
  }
}

extension PBStage {
  init(_ kind: Track.Kind, _ number: Int16) {
    self.init()
    switch kind {
    case .accountability: accountability = .init(rawValue: Int(number)) ?? .unspecified
    case .diplomatic: diplomatic = .init(rawValue: Int(number)) ?? .unspecified
    }
  }

  init(_ stage: some Stage) {
    self.init()
    switch stage {
    case let stage as AccountabilityStage: accountability = .init(number: stage)
    case let stage as DiplomaticStage: diplomatic = .init(number: stage)
    default: break
    }
  }
}
