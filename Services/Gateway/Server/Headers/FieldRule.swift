import HTTP2

/// What the gateway does with a header field of a request or response.
enum FieldRule: Equatable {
  case forward
  /// Means something between two neighbours only, or is the gateway's own to say.
  case drop
  case method, scheme, authority, path
  case contentType
  case timeout
  case requestID
  case traceParent

  /// The rule for a field of a request.
  ///
  /// Dropped are the hop-by-hop fields (RFC 9110 §7.6.1, RFC 9113 §8.2.2), what a client could say of its own origin
  /// (`forwarded` and its like) and everything named `vigil-peer-…`, by which services are told whom the gateway
  /// verified.
  init(request block: HeaderBlock, at index: Int) {
    self = Self.pseudo(block, index) ?? Self.special(block, index) ?? .forward
  }

  /// Whether a field of a response or of trailers goes on to the client.
  static func forwards(response block: HeaderBlock, at index: Int) -> Bool {
    !isHopByHop(block, index) && !block.name(at: index, is: "x-request-id")
  }

  private static func pseudo(_ block: HeaderBlock, _ index: Int) -> FieldRule? {
    guard block.isPseudoHeader(at: index) else { return nil }
    if block.name(at: index, is: ":path") { return .path }
    if block.name(at: index, is: ":method") { return .method }
    if block.name(at: index, is: ":scheme") { return .scheme }
    if block.name(at: index, is: ":authority") { return .authority }
    return .drop
  }

  private static func special(_ block: HeaderBlock, _ index: Int) -> FieldRule? {
    let name = block.nameBytes(at: index)
    switch name.count {
    case 2: return name.equals("te") ? .drop : nil
    case 4: return name.equals("host") ? .drop : nil
    case 9: return name.equals("forwarded") || name.equals("x-real-ip") ? .drop : nil
    case 11: return name.equals("traceparent") ? .traceParent : nil
    case 12:
      if name.equals("content-type") { return .contentType }
      if name.equals("grpc-timeout") { return .timeout }
      if name.equals("x-request-id") { return .requestID }
      return nil
    default: return isHopByHop(block, index) || isClaimOfOrigin(name) ? .drop : nil
    }
  }

  private static func isClaimOfOrigin(_ name: ArraySlice<UInt8>) -> Bool {
    switch name.first {
    case UInt8(ascii: "x"): name.starts(withString: "x-forwarded-")
    case UInt8(ascii: "v"): name.starts(withString: "vigil-peer-")
    default: false
    }
  }

  private static func isHopByHop(_ block: HeaderBlock, _ index: Int) -> Bool {
    block.name(at: index, is: "connection") || block.name(at: index, is: "keep-alive")
      || block.name(at: index, is: "upgrade") || block.name(at: index, is: "proxy-connection")
      || block.name(at: index, is: "transfer-encoding") || block.name(at: index, is: "proxy-authorization")
      || block.name(at: index, is: "proxy-authenticate") || block.name(at: index, is: "trailer")
  }
}
