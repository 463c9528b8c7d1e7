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
  /// Goes on as it is, since the service judges it too.
  case authorization

  /// The rule for a field of a request.
  ///
  /// Dropped are the hop-by-hop fields (RFC 9110 §7.6.1, RFC 9113 §8.2.2), what a client could say of its own origin
  /// (`forwarded` and its like) and everything named `vigil-peer-…`, by which services are told whom the gateway
  /// verified.
  init(request block: HeaderBlock, at index: Int) {
    // Lengths settle most names without a look at their bytes.
    let length = block.nameLength(at: index)
    switch length {
    case _ where block.isPseudoHeader(at: index): self = Self.pseudo(block, index)
    case 2, 4, 9, 11, 12: self = Self.special(block, index)
    case 13 where block.name(at: index, is: "authorization"): self = .authorization
    default:
      let isDropped = Self.isHopByHop(block, index, length) || Self.isClaimOfOrigin(block, index, length)
      self = isDropped ? .drop : .forward
    }
  }

  /// Whether a field of a response or of trailers goes on to the client.
  static func forwards(response block: HeaderBlock, at index: Int) -> Bool {
    !isHopByHop(block, index, block.nameLength(at: index))
  }

  private static func pseudo(_ block: HeaderBlock, _ index: Int) -> FieldRule {
    if block.name(at: index, is: ":path") { return .path }
    if block.name(at: index, is: ":method") { return .method }
    if block.name(at: index, is: ":scheme") { return .scheme }
    if block.name(at: index, is: ":authority") { return .authority }
    return .drop
  }

  private static func special(_ block: HeaderBlock, _ index: Int) -> FieldRule {
    let name = block.nameBytes(at: index)
    switch name.count {
    case 2: return name.equals("te") ? .drop : .forward
    case 4: return name.equals("host") ? .drop : .forward
    case 9: return name.equals("forwarded") || name.equals("x-real-ip") ? .drop : .forward
    case 11: return name.equals("traceparent") ? .traceParent : .forward
    default:
      if name.equals("content-type") { return .contentType }
      if name.equals("grpc-timeout") { return .timeout }
      return name.equals("x-request-id") ? .requestID : .forward
    }
  }

  private static func isClaimOfOrigin(_ block: HeaderBlock, _ index: Int, _ length: Int) -> Bool {
    guard length >= 11 else { return false }
    let name = block.nameBytes(at: index)
    switch name.first {
    case UInt8(ascii: "x"): return name.starts(withString: "x-forwarded-")
    case UInt8(ascii: "v"): return name.starts(withString: "vigil-peer-")
    default: return false
    }
  }

  private static func isHopByHop(_ block: HeaderBlock, _ index: Int, _ length: Int) -> Bool {
    switch length {
    case 7: block.name(at: index, is: "upgrade") || block.name(at: index, is: "trailer")
    case 10: block.name(at: index, is: "connection") || block.name(at: index, is: "keep-alive")
    case 16: block.name(at: index, is: "proxy-connection")
    case 17: block.name(at: index, is: "transfer-encoding")
    case 18: block.name(at: index, is: "proxy-authenticate")
    case 19: block.name(at: index, is: "proxy-authorization")
    default: false
    }
  }
}
