import GRPCTransport
import HTTP2
import NIOCore

/// A call that the gateway answers itself.
final class AnsweredCall {
  private static let messageLimit = 64 * 1024

  private let head: RequestHead
  private let downstream: DownstreamConnection
  private let id: HTTP2StreamID
  private let worker: Worker
  private let responder: any Responder
  private var deframer = MessageDeframer(maxMessageSize: AnsweredCall.messageLimit)
  private var record = CallRecord(began: .now())
  private var timer: Scheduled<Void>?
  private var hasSentHead = false
  private var isOver = false

  init(
    head: RequestHead, downstream: DownstreamConnection, id: HTTP2StreamID, worker: Worker, responder: any Responder
  ) {
    self.head = head
    self.downstream = downstream
    self.id = id
    self.worker = worker
    self.responder = responder
  }

  func send(_ message: [UInt8]) {
    guard !isOver else { return }
    sendHead()
    let frame = GRPCMessageFrame.encode(message)
    record.responseBytes += frame.readableBytes
    // What is written is small, and a client that does not read stops asking: its window is bounded.
    _ = downstream.write(frame, to: id, endStream: false)
  }

  /// Ends the call with status OK.
  func succeed() {
    guard !isOver else { return }
    sendHead()
    var trailers = HeaderBlock()
    trailers.append("grpc-status", "0")
    downstream.writeTrailers(trailers, to: id)
    record.answer(status: 0)
    finish()
  }

  func refuse(_ refusal: Refusal) {
    guard !isOver else { return }
    if hasSentHead {
      downstream.writeTrailers(worker.refusals.trailers(for: refusal), to: id)
    } else {
      downstream.respond(id, worker.refusals.response(to: refusal, requestID: head.requestID), endStream: true)
    }
    record.refuse(refusal)
    finish()
  }

  private func sendHead() {
    guard !hasSentHead else { return }
    hasSentHead = true
    var block = HeaderBlock(reservingFields: 3, bytes: 96)
    block.append(":status", "200")
    block.append("content-type", "application/grpc")
    block.append("x-request-id", bytes: head.requestID, sensitive: true)
    downstream.respond(id, block, endStream: false)
  }

  private func finish() {
    isOver = true
    timer?.cancel()
    timer = nil
    responder.callEnded()
    worker.core.observer.callEnded(record, head: head, client: downstream.client)
  }
}

extension AnsweredCall: DownstreamCall {
  func begin(endStream: Bool) {
    if let timeout = head.timeout {
      timer = worker.eventLoop.assumeIsolated().scheduleTask(in: timeout) { self.refuse(.deadlinePassed) }
    }
    if endStream { requestEnded() }
  }

  func requestData(_ bytes: ByteBuffer, endStream: Bool) {
    record.requestBytes += bytes.readableBytes
    downstream.consume(id, bytes: bytes.readableBytes)
    guard !isOver else { return }
    deframer.append(bytes)
    do throws(MessageDeframer.Failure) {
      while !isOver, let message = try deframer.next() {
        guard !message.isCompressed else { return refuse(.badMessage) }
        responder.received(message.bytes, self)
      }
    } catch .tooLarge {
      return refuse(.messageTooLarge)
    } catch {
      return refuse(.badMessage)
    }
    if endStream { requestEnded() }
  }

  private func requestEnded() {
    guard !isOver else { return }
    if deframer.isPartial { refuse(.badMessage) } else { responder.requestEnded(self) }
  }

  func downstreamIsWritable() {}

  func downstreamClosed(_ reason: HTTP2CloseReason) {
    guard !isOver else { return }
    record.cancel()
    finish()
  }
}
