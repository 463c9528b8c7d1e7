internal import GRPCCore
internal import HTTP2
internal import NIOCore

extension ServerConnection {
  /// Starts the RPC of a request, or answers it if it cannot be one.
  func receive(_ block: HeaderBlock, on id: HTTP2StreamID, endStream: Bool) {
    do throws(RequestHead.Rejection) {
      let head = try RequestHead(block)
      guard let method = self.methods.method(at: head.path) else {
        throw .grpc(Status(code: .unimplemented, message: "The path does not name a method."))
      }
      let stream = ServerStream(id: id, connection: self, head: head, metadata: try Self.metadata(of: block))
      if let timeout = head.timeout {
        guard timeout > .zero else { throw .grpc(.deadlineExceeded) }
        stream.deadline = self.deadlines.start(timeout, on: self)
      }
      self.streams[id] = stream
      if endStream { stream.receive(ByteBuffer(), endStream: true) }
      self.rpcStarted()
      stream.start(method)
    } catch {
      self.reject(id, error)
    }
  }

  private static func metadata(of block: HeaderBlock) throws(RequestHead.Rejection) -> Metadata {
    do throws(RPCError) {
      return try Metadata(block)
    } catch {
      throw .grpc(Status(code: Status.Code(error.code), message: error.message))
    }
  }

  func headersTooLarge(_ id: HTTP2StreamID) {
    let status = Status(code: .resourceExhausted, message: "The request's headers exceed the limit.")
    if let stream = self.streams[id] {
      stream.fail(status)
    } else {
      self.reject(id, .grpc(status))
    }
  }

  private func reject(_ id: HTTP2StreamID, _ rejection: RequestHead.Rejection) {
    self.shared.counters.add(to: .rejected)
    var block = HeaderBlock()
    switch rejection {
    case .http(let status):
      block.append(":status", decimal: status)
      if status == 405 { block.append("allow", "POST") }
    case .grpc(let status):
      block = .responseHead
      if status.code == .unimplemented { block.append("grpc-accept-encoding", MessageEncoding.acceptedNames) }
      block.append(status, [:])
    }
    self.handler?.submitResponse(block, to: id, endStream: true)
  }
}

extension Status {
  static let deadlineExceeded = Status(code: .deadlineExceeded, message: "The RPC's deadline has passed.")
}

extension HeaderBlock {
  /// The fields that every gRPC response begins with. Shared: most responses add none.
  static let responseHead: HeaderBlock = {
    var block = HeaderBlock()
    block.append(":status", "200")
    block.append("content-type", "application/grpc")
    return block
  }()

  /// The trailers of an RPC that went well and has nothing to add, which is most of them.
  private static let success: HeaderBlock = {
    var block = HeaderBlock()
    block.append("grpc-status", "0")
    return block
  }()

  /// `start` with the status and the trailing metadata.
  static func end(_ start: HeaderBlock, _ status: Status, _ metadata: Metadata) -> HeaderBlock {
    if start.isEmpty, metadata.isEmpty, status.code == .ok, status.message.isEmpty { return .success }
    var block = start
    block.append(status, metadata)
    return block
  }
}
