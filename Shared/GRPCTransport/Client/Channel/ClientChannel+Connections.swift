internal import HTTP2
internal import Logging
internal import NIOCore
internal import Synchronization

// What attempts and connections report.

extension ClientChannel {
  /// - Returns: `false` if the attempt has been given up: the socket is to be closed.
  func opened(_ id: ConnectionID, _ socket: any Channel) -> Bool {
    shared.withLock { shared in
      guard shared.attempts.keys.contains(id) else { return shared.connections.keys.contains(id) }
      shared.attempts[id] = .some(socket)
      return true
    }
  }

  func isConnecting(_ id: ConnectionID) -> Bool {
    shared.withLock { $0.attempts.keys.contains(id) }
  }

  func connected(_ connection: ConnectionHandle, to address: ResolvedAddress) {
    logger.debug("connected", metadata: ["address": "\(address)"])
    let isWanted = update { shared in
      guard shared.attempts.removeValue(forKey: connection.id) != nil else { return false }
      shared.connections[connection.id] = connection
      shared.state.connected(connection.id)
      return true
    }
    if !isWanted { connection.close() }
  }

  /// Counts once for an attempt, and not after it was given up or has succeeded.
  func connectFailed(_ id: ConnectionID, _ failure: ConnectFailure) {
    let isNews = update { shared in
      guard shared.attempts.removeValue(forKey: id) != nil else { return false }
      shared.state.connectFailed(id, failure)
      return true
    }
    if isNews { logger.warning("cannot connect", metadata: ["error": "\(failure)"]) }
  }

  /// The connection takes no more calls.
  func connectionIsLeaving(_ id: ConnectionID, _ address: ResolvedAddress, reason: String) {
    logger.debug("a connection is leaving", metadata: ["address": "\(address)", "reason": "\(reason)"])
    update { $0.state.connectionIsLeaving(id) }
  }

  func closed(_ id: ConnectionID, _ address: ResolvedAddress, error: HTTP2Error?, wasIdle: Bool) {
    var metadata: Logger.Metadata = ["address": "\(address)"]
    if let error { metadata["error"] = "\(error)" }
    logger.debug("a connection has closed", metadata: metadata)
    update { shared in
      shared.connections[id] = nil
      shared.state.closed(id, wasIdle: wasIdle)
    }
  }
}
