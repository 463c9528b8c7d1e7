import AIP
import SwiftProtobuf
import VigilCasesAPI

/// Something that became known of a case.
enum CaseEvent: Identifiable, Sendable {
  case transition(CaseTransition)
  case assertion(Testimony)
  case proceeding(Proceeding)
  case fact(ProceedingFact)
  case suspect(Suspect)
  case communication(Communication)

  var id: RecordID {
    switch self {
    case .transition(let entry): entry.id
    case .assertion(let entry): entry.id
    case .proceeding(let entry): entry.id
    case .fact(let entry): entry.id
    case .suspect(let entry): entry.id
    case .communication(let entry): entry.id
    }
  }
}

extension ProgressView {
  /// Everything, in the order in which it was recorded: ids are made in it.
  var timeline: [CaseEvent] {
    let parts: [[CaseEvent]] = [
      dossier.transitions.map { .transition($0) }, dossier.testimonies.map { .assertion($0) },
      dossier.proceedings.map { .proceeding($0) }, dossier.facts.map { .fact($0) },
      dossier.suspects.map { .suspect($0) }, dossier.communications.map { .communication($0) },
    ]
    return parts.joined().sorted { $0.id < $1.id }
  }

  func show(_ event: CaseEvent) -> PBTimelineEntry? {
    var message = PBTimelineEntry()
    switch event {
    case .transition(let entry): message.event = show(entry).map { .transition($0) }
    case .assertion(let entry): message.event = show(entry).map { .assertion($0) }
    case .proceeding(let entry): message.event = show(entry).map { .proceeding($0) }
    case .fact(let entry): message.event = show(entry).map { .fact($0) }
    case .suspect(let entry): message.event = show(entry).map { .suspect($0) }
    case .communication(let entry): message.event = show(entry).map { .communication($0) }
    }
    return message.event == nil ? nil : message
  }

  /// - Throws: NOT_FOUND when the case has no such proceeding.
  func facts(of name: MemberName<Proceeding>) throws(ServiceError) -> [ProceedingFact] {
    let proceeding = try dossier.proceedings.named(name)
    return dossier.facts.filter { $0.proceeding == proceeding.id }
  }

  /// In the order in which the register learnt of them.
  ///
  /// - Throws: NOT_FOUND when the case has no such track.
  func testimonies(of name: MemberName<Track>) throws(ServiceError) -> [Testimony] {
    let track = try dossier.tracks.named(name)
    return dossier.testimonies.filter { $0.track == track.id }.sorted { $0.position < $1.position }
  }
}
