import AIP
import Authorization
import GRPCCore
import Policy
import VigilFeedAPI

extension FeedService {
  func watchChanges(
    request: PBWatchChangesRequest, response: RPCWriter<PBWatchChangesResponse>, context: ServerContext
  ) async throws {
    let reader = try await readers.current()
    let cursor = try await cursors.open(request.cursor, of: reader.requester, field: "cursor")
    let watch = tail.watch(as: reader.requester.permittedReaders.first { _ in true }?.code ?? "NONE")
    defer { watch.end() }
    try await readers.authorizer.whileAllowed { _ in
      // What it may see can be another.
      watch.wake()
    } _: { _ in
      try await follow(watch, from: cursor, to: response, context)
    }
  }

  private func follow(
    _ watch: FeedWatch, from cursor: FeedCursor?, to response: RPCWriter<PBWatchChangesResponse>,
    _ context: ServerContext
  ) async throws {
    var reading = FeedReading(feed, from: try await begin(cursor))
    // Whoever begins now is told at once from where on it misses nothing.
    var lastTime = cursor == nil ? nil : ContinuousClock.now
    var wakes = watch.wakes.makeAsyncIterator()
    repeat {
      var isLast = false
      while !isLast {
        let reader = try await readers.current()
        guard tail.isBeyond(reading.cursor.position) || reading.isChanged(reader) else { break }
        let next = try await reading.next(for: reader)
        isLast = next.isLast
        if !next.changes.isEmpty {
          try await send(next.changes, reading.cursor, to: response, reader, context)
          lastTime = .now
        }
        watch.note(next.changes.count, reading.cursor.position)
      }
      if lastTime.map({ .now - $0 >= heartbeat }) ?? true {
        try await send([], reading.cursor, to: response, try await readers.current(), context)
        lastTime = .now
      }
    } while await wakes.next() != nil
    try Task.checkCancellation()
    throw ServiceError(.unavailable, .shuttingDown, "the process is shutting down")
  }

  private func begin(_ cursor: FeedCursor?) async throws -> FeedCursor {
    if let cursor { return cursor }
    let end = try await feed.end()
    return FeedCursor(position: end.end, horizon: end.horizon)
  }

  /// Waits for the caller: nothing is read ahead of it.
  private func send(
    _ changes: [ShownChange], _ cursor: FeedCursor, to response: RPCWriter<PBWatchChangesResponse>,
    _ reader: CaseReader, _ context: ServerContext
  ) async throws {
    try await note(changes, to: reader, context)
    var message = PBWatchChangesResponse()
    message.changes = changes.map(PBChange.init)
    message.cursor = try await cursors.seal(cursor, for: reader.requester)
    try await response.write(message)
  }
}
