import AIP
import FoundationEssentials
import GRPCCore
import GRPCProtobuf
import HTTP2

/// Writes refusals as trailers-only responses with `google.rpc.Status` details, and keeps those it wrote: a flood of
/// refusals must not cost more than the calls would.
struct RefusalEncoder {
  /// What a client is told to wait after too many requests.
  private let retryDelay: Duration
  /// As many as there are cases and routes.
  private var written: [Refusal: HeaderBlock] = [:]

  init(retryDelay: Duration) {
    self.retryDelay = retryDelay
  }

  /// The header block that is the whole response.
  mutating func response(to refusal: Refusal, requestID: ArraySlice<UInt8>?) -> HeaderBlock {
    var block = written[refusal] ?? remember(refusal)
    if let requestID { block.append("x-request-id", bytes: requestID, sensitive: true) }
    return block
  }

  /// The trailers that end a response which has begun.
  func trailers(for refusal: Refusal) -> HeaderBlock {
    var block = HeaderBlock(reservingFields: 3, bytes: 256)
    appendStatus(refusal, to: &block)
    return block
  }

  private mutating func remember(_ refusal: Refusal) -> HeaderBlock {
    var block = HeaderBlock(reservingFields: 6, bytes: 384)
    block.append(":status", refusal.httpStatus)
    block.append("content-type", "application/grpc")
    appendStatus(refusal, to: &block)
    written[refusal] = block
    return block
  }

  private func appendStatus(_ refusal: Refusal, to block: inout HeaderBlock) {
    block.append("grpc-status", decimal: refusal.code.rawValue)
    block.append("grpc-message", refusal.message)
    if let details = details(of: refusal) { block.append("grpc-status-details-bin", details) }
  }

  private func details(of refusal: Refusal) -> String? {
    let error = ServiceError(
      refusal.code, refusal.reason, refusal.message, metadata: refusal.metadata,
      details: refusal == .rateLimited ? [.retryInfo(delay: retryDelay)] : [])
    guard let bytes: [UInt8] = try? error.status.serializedBytes() else { return nil }
    // Senders of gRPC leave out the padding of binary metadata.
    return String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
  }
}
