import GRPCTransport
import HTTP2
import NIOCore

/// The first pass over the head of a request: where the fields are that the gateway reads, and which ones go on.
struct RequestScan {
  private(set) var path: Int?
  private(set) var authority: Int?
  private(set) var requestID: Int?
  private(set) var timeout: TimeAmount?
  private(set) var timeoutIndex: Int?
  /// Where the caller's token is; a call that is in order has one such field, or none.
  private(set) var authorizations: [Int] = []
  /// Whether the caller's trace context is good and goes on.
  private(set) var keepsTrace = false
  private var isPost = false
  private var isGRPC = false
  /// Which of the first 64 fields do not go on as they are; there are rarely more.
  private var dropped: UInt64 = 0

  init(_ block: HeaderBlock) throws(RequestHead.Problem) {
    for index in block.indices { try read(block, index) }
    guard isPost else { throw .method }
    guard isGRPC else { throw .contentType }
  }

  func forwards(_ index: Int, of block: HeaderBlock) -> Bool {
    if index < 64 { return dropped & (1 << UInt64(index)) == 0 }
    let rule = FieldRule(request: block, at: index)
    return rule == .forward || rule == .authorization
  }

  private mutating func read(_ block: HeaderBlock, _ index: Int) throws(RequestHead.Problem) {
    let forwards = try note(FieldRule(request: block, at: index), block, index)
    if !forwards, index < 64 { dropped |= 1 << UInt64(index) }
  }

  /// - Returns: whether the field goes on as it is.
  private mutating func note(
    _ rule: FieldRule, _ block: HeaderBlock, _ index: Int
  ) throws(RequestHead.Problem) -> Bool {
    switch rule {
    case .forward: return true
    case .drop, .scheme: return false
    case .method: isPost = block.valueBytes(at: index).equals("POST")
    case .authority: authority = index
    case .path: path = index
    case .contentType:
      isGRPC = Self.isGRPC(block.valueBytes(at: index))
      return true
    case .timeout:
      timeout = GRPCTimeout.parse(block.valueBytes(at: index)).map(TimeAmount.init)
      timeoutIndex = index
      guard timeout != nil else { throw .timeout }
    case .requestID:
      if RequestIDRule.accepts(block.valueBytes(at: index)) { requestID = index }
    case .authorization:
      authorizations.append(index)
      return true
    case .traceParent:
      guard !keepsTrace, index < 64, TraceParent.isValid(block.valueBytes(at: index)) else { return false }
      keepsTrace = true
      return true
    }
    return false
  }

  private static func isGRPC(_ type: ArraySlice<UInt8>) -> Bool {
    // What nearly all clients send needs no closer look.
    type.equals("application/grpc") || GRPCContentType.isGRPC(type)
  }
}
