internal import GRPCCore
internal import NIOCore

/// The response of one RPC as the handler writes it.
///
/// A write returns at once while the client keeps up. Above the watermark of its stream it suspends
/// until the client has taken enough.
struct ServerOutbound: ClosableRPCWriterProtocol {
  typealias Element = RPCResponsePart<[UInt8]>

  let stream: NIOLoopBound<ServerStream>

  func write(_ element: Element) async throws {
    if self.stream.eventLoop.inEventLoop {
      let stream = self.stream.value
      try stream.write(element)
      guard stream.isCongested else { return }
      try await self.waitUntilWritable()
    } else {
      try await self.writeFromElsewhere(element)
    }
  }

  func write(contentsOf elements: some Sequence<Element>) async throws {
    for element in elements { try await self.write(element) }
  }

  func finish() async {
    // The status is the end; a handler that sent none is answered for when it returns.
  }

  func finish(throwing error: any Error) async {
    self.stream.onLoop { stream in
      stream.fail(Status(code: .unknown, message: "The method failed."))
    }
  }

  private func waitUntilWritable() async throws {
    let stream = self.stream
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (writer: ServerStream.Writer) in
        stream.onLoop { $0.wait(writer) }
        if Task.isCancelled { stream.onLoop { $0.cancelWriters() } }
      }
    } onCancel: {
      stream.onLoop { $0.cancelWriters() }
    }
  }

  private func writeFromElsewhere(_ element: Element) async throws {
    let stream = self.stream
    try await withCheckedThrowingContinuation { (writer: ServerStream.Writer) in
      stream.onLoop { stream in
        do throws(RPCError) {
          try stream.write(element)
          stream.wait(writer)
        } catch {
          writer.resume(throwing: error)
        }
      }
    }
  }
}
