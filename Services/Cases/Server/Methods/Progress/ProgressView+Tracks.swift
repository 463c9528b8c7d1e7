import AIP
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

// What tracks come to.
extension ProgressView {
  var progress: PBCaseProgress {
    let progress = dossier.progress
    var message = PBCaseProgress()
    message.name = PartName<ProgressPart>(dossier.head.id).description
    message.current = .init(number: progress.current)
    message.furthest = .init(number: progress.furthest)
    message.disputed = progress.isDisputed
    message.tracks = dossier.tracks.compactMap { show($0) }
    return message
  }

  func show(_ track: Track) -> PBTrack? {
    switch track.kind {
    case .accountability: show(track, dossier.history(of: track, AccountabilityStage.self))
    case .diplomatic: show(track, dossier.history(of: track, DiplomaticStage.self))
    }
  }

  /// Where the case stands is shown with the case; who says what, with the host State's progress.
  private func show<StageName: Stage>(_ track: Track, _ history: StageHistory<StageName>) -> PBTrack? {
    guard
      let (extent, redactions) = shown(
        .hostProgress, of: owners(of: track), fields: ["suspect", "host_claim", "claims", "rivals"],
        withheld: ["next_stages", "etag", "create_time"])
    else { return nil }
    let status = history.status
    var message = PBTrack()
    message.name = MemberName<Track>(track.caseID, track.id).description
    message.kind = .init(number: track.kind)
    message.proceeding = track.proceeding.map { MemberName<Proceeding>(track.caseID, $0).description } ?? ""
    message.redactions = redactions
    message.verified = PBStage(status.verified)
    message.furthest = PBStage(status.furthest)
    message.live = status.isLive
    guard extent != .nothing else { return message }
    message.suspect = track.suspect.map { MemberName<Suspect>(track.caseID, $0).description } ?? ""
    if let claim = status.claims[.hostState] { message.hostClaim = PBStage(claim) }
    message.claims = Self.claims(status)
    message.rivals = status.rivals.sorted { $0.rawValue < $1.rawValue }.map { PBStage($0) }
    guard extent == .whole else { return message }
    message.nextStages = status.verified.next.sorted { $0.rawValue < $1.rawValue }.map { PBStage($0) }
    message.etag = dossier.etag(of: track).description
    message.createTime = Google_Protobuf_Timestamp(track.createTime)
    return message
  }

  private static func claims<StageName: Stage>(_ status: StageStatus<StageName>) -> [PBStageClaim] {
    status.claims.sorted { $0.key.rawValue < $1.key.rawValue }.map { source, stage in
      .with {
        $0.source = .init(number: source)
        $0.stage = PBStage(stage)
      }
    }
  }
}
