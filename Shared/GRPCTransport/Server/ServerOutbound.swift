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
      if stream.isCongested { try await self.waitUntilWritable() }
    } else {
      if try await self.writeFromElsewhere(element) { try await self.waitUntilWritable() }
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
    let token = ServerStream.WriterToken()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (writer: ServerStream.Writer) in
        stream.onLoop { $0.wait(writer, token) }
        if Task.isCancelled { stream.onLoop { $0.cancelWriter(token) } }
      }
    } onCancel: {
      stream.onLoop { $0.cancelWriter(token) }
    }
  }

  /// - Returns: Whether to wait before writing more.
  private func writeFromElsewhere(_ element: Element) async throws -> Bool {
    let stream = self.stream
    // What the task has bound stays behind when the loop takes over.
    let mayCompress = CompressionChoice.isAllowed
    return try await withCheckedThrowingContinuation { (writer: CheckedContinuation<Bool, any Error>) in
      stream.onLoop { stream in
        do {
          try CompressionChoice.$isAllowed.withValue(mayCompress) { try stream.write(element) }
          writer.resume(returning: stream.isCongested)
        } catch {
          writer.resume(throwing: error)
        }
      }
    }
  }
}
