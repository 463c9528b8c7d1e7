import GRPCCore
import GRPCTestingAPI

/// A full-duplex call in turns: a request, then its response.
struct Conversation {
  fileprivate let requests: AsyncStream<PBStreamingOutputCallRequest>.Continuation
  fileprivate var responses: AsyncThrowingStream<PBStreamingOutputCallResponse, any Error>.AsyncIterator

  mutating func exchange(_ requestSize: Int32, _ responseSize: Int32) async throws {
    requests.yield(InteropClient.duplexRequest(requestSize, responseSize))
    guard let response = try await responses.next(isolation: #isolation) else {
      throw CaseFailure("the stream ended early")
    }
    guard response.payload.body.count == Int(responseSize) else {
      throw CaseFailure("a response has \(response.payload.body.count) bytes, not \(responseSize)")
    }
  }

  fileprivate mutating func end() async throws {
    requests.finish()
    guard try await responses.next(isolation: #isolation) == nil else {
      throw CaseFailure("there is a response after the last")
    }
  }
}

extension InteropClient {
  /// Holds a conversation, ends the requests and expects the end of the responses with status OK.
  func converse(_ body: (inout Conversation) async throws -> Void) async throws {
    let (requests, sender) = AsyncStream.makeStream(of: PBStreamingOutputCallRequest.self)
    let (responses, receiver) = AsyncThrowingStream.makeStream(of: PBStreamingOutputCallResponse.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await carry(requests, receiver) }
      defer { group.cancelAll() }
      var conversation = Conversation(requests: sender, responses: responses.makeAsyncIterator())
      try await body(&conversation)
      try await conversation.end()
    }
  }

  // The conversation is held beside the call: a server need not answer anything before it has been asked.
  private func carry(
    _ requests: AsyncStream<PBStreamingOutputCallRequest>,
    _ receiver: AsyncThrowingStream<PBStreamingOutputCallResponse, any Error>.Continuation
  ) async {
    do {
      try await stub.fullDuplexCall { writer in
        for await request in requests { try await writer.write(request) }
      } onResponse: { response in
        for try await message in response.messages { receiver.yield(message) }
      }
      receiver.finish()
    } catch {
      receiver.finish(throwing: error)
    }
  }
}

/// Where tasks wait until all of them are there.
actor Gathering {
  private var missing: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { missing = count }

  func arrive() async {
    missing -= 1
    guard missing > 0 else {
      for continuation in waiting { continuation.resume() }
      return waiting.removeAll()
    }
    await withCheckedContinuation { waiting.append($0) }
  }
}
