#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif
internal import NIOCore

/// `getaddrinfo`. Blocks.
enum SystemLookup {
  static func addresses(of host: String, port: Int) throws(NameResolutionError) -> [SocketAddress] {
    var hints = unsafe addrinfo()
    #if canImport(Glibc)
    unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    #else
    unsafe hints.ai_socktype = SOCK_STREAM
    #endif
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, String(port), &hints, &list)
    defer { if let list = unsafe list { unsafe freeaddrinfo(list) } }
    guard code == 0 else { throw NameResolutionError(host: host, reason: reason(code)) }
    var addresses: [SocketAddress] = []
    var next = unsafe list
    while let entry = unsafe next {
      if let address = unsafe address(entry.pointee, host: host), !addresses.contains(address) {
        addresses.append(address)
      }
      unsafe next = entry.pointee.ai_next
    }
    if addresses.isEmpty { throw NameResolutionError(host: host, reason: "it has no IP address") }
    return addresses
  }

  private static func address(_ entry: addrinfo, host: String) -> SocketAddress? {
    guard let bytes = unsafe UnsafeRawPointer(entry.ai_addr) else { return nil }
    switch unsafe entry.ai_family {
    case AF_INET: return unsafe SocketAddress(bytes.load(as: sockaddr_in.self), host: host)
    case AF_INET6: return unsafe SocketAddress(bytes.load(as: sockaddr_in6.self), host: host)
    default: return nil
    }
  }

  private static func reason(_ code: CInt) -> String {
    guard let text = unsafe gai_strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
