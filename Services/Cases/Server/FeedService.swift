import AIP
import Audit
import AuditOutbox
import Authorization
import GRPCCore
import Policy
import VigilFeedAPI

/// `vigil.feed.v1.FeedService`: what has changed. Each method is in a file of its own in `Methods`.
struct FeedService: PBFeedService.SimpleServiceProtocol {
  let feed: ChangeFeed
  let tail: FeedTail
  let cursors: FeedCursors
  let readers: CaseReaders
  let reads: ReadTrail
  let heartbeat: Duration
}

extension FeedService {
  /// Records the use of grants without which the reader would not be told of a case. (What a change says beside is not
  /// protected: that there is a case, and of what parts of it there are changes.)
  func note(_ changes: [ShownChange], to reader: CaseReader, _ context: ServerContext) async throws {
    let named = Set(changes.compactMap(\.caseID)).intersection(reader.scope.cases)
    guard !named.isEmpty else { return }
    for facts in try await feed.store.facts(of: Array(named)) {
      try await reads.note(CaseSight(reader, facts), [.core], context)
    }
  }
}
