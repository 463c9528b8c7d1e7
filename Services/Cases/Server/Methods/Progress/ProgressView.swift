import AIP
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// What a reader sees of what becomes of a case: each record by its class of data, or not at all.
struct ProgressView: Sendable {
  let sight: CaseSight
  /// As known at the time that the reader asks about.
  let dossier: Dossier

  /// The classes of data that what becomes of a case is of.
  static let classes: DataClassSet = [.core, .hostProgress, .suspectIdentity, .communications]

  /// How much is shown of a record.
  enum Extent: Hashable, Sendable {
    case whole, summary, nothing
  }

  /// What is shown of a record of a class, and what is told of the rest; nil when not even its existence is told.
  ///
  /// - Parameters:
  ///   - owners: whose record it is.
  ///   - least: the least that gives a summary.
  ///   - fields: of the message, those that a summary has.
  ///   - withheld: those that it has not, or has coarser.
  func shown(
    _ dataClass: DataClass, of owners: [PartyID], summary least: Transform = .translatedSummary,
    fields: [String], withheld: [String]
  ) -> (extent: Extent, redactions: [PBRedaction])? {
    let found = sight.decision.disposition(dataClass, in: RecordFacts(owners: owners))
    if found.transform == .absent { return nil }
    if found.transform == .clear { return (.whole, []) }
    let isSummary = found.transform >= least
    let redactions = (isSummary ? withheld : fields + withheld).map {
      PBRedaction(Redacted($0, dataClass, found.transform, found))
    }
    return (isSummary ? .summary : .nothing, redactions)
  }

  func proceeding(_ id: RecordID?) -> Proceeding? { dossier.proceedings.first { $0.id == id } }

  /// Whose a track is: the party whose courts they are, or the host States.
  func owners(of track: Track) -> [PartyID] {
    proceeding(track.proceeding).map { [$0.party] } ?? dossier.head.hostStates.compactMap { PartyID($0) }
  }
}
