import AIP
import GRPCCore
import VigilFeedAPI

extension FeedService {
  func listChanges(request: PBListChangesRequest, context: ServerContext) async throws -> PBListChangesResponse {
    let size = try PageSize(standard: ChangeFeed.window, maximum: ChangeFeed.window).resolve(request.pageSize)
    let reader = try await readers.current()
    let cursor = try await cursors.open(request.pageToken, of: reader.requester, field: "page_token")
    var reading = FeedReading(feed, from: cursor ?? FeedCursor())
    var changes: [ShownChange] = []
    var isLast = false
    // A page is full wherever there is more, so that its size tells nothing of changes that are not shown.
    while changes.count < size, !isLast {
      let next = try await reading.next(for: reader, most: size - changes.count)
      changes += next.changes
      isLast = next.isLast
    }
    try await note(changes, to: reader, context)
    var response = PBListChangesResponse()
    response.changes = changes.map(PBChange.init)
    response.cursor = try await cursors.seal(reading.cursor, for: reader.requester)
    if !isLast { response.nextPageToken = response.cursor }
    return response
  }
}
