package import NIOCore
package import NIOPosix

/// Asks the system's resolver (files, DNS, whatever the machine is set up with) for addresses.
package struct HostResolver: Sendable {
  private let pool: NIOThreadPool

  /// - Parameter pool: where the look-ups block; a running pool.
  package init(pool: NIOThreadPool = .singleton) {
    self.pool = pool
  }

  /// All addresses of `host`, in the order of the system's preference (RFC 6724), without duplicates.
  ///
  /// - Parameter host: a name, or an IP address, which stands for itself.
  /// - Throws: ``NameResolutionError`` when there are none or they cannot be found out.
  package func resolve(host: String, port: Int) async throws(NameResolutionError) -> [SocketAddress] {
    if let address = try? SocketAddress(ipAddress: host, port: port) { return [address] }
    let result: Result<[SocketAddress], NameResolutionError>
    do {
      result = try await pool.runIfActive {
        do throws(NameResolutionError) {
          return .success(try SystemLookup.addresses(of: host, port: port))
        } catch {
          return .failure(error)
        }
      }
    } catch {
      throw NameResolutionError(host: host, reason: "the thread pool for look-ups is not running")
    }
    return try result.get()
  }
}
