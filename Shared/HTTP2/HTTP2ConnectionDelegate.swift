/// The user of one connection: a server's, a client's or a proxy's side of it. All calls are on the
/// connection's event loop. It may call the connection's methods from within all of them.
package protocol HTTP2ConnectionDelegate: AnyObject {
  typealias Connection = HTTP2ConnectionHandler<Self>

  /// The transport (and TLS, if any) is up; settings are on their way.
  func connectionDidOpen(_ connection: Connection)

  /// Something the peer did. Events come in order, and not while the delegate is in a call.
  func connection(_ connection: Connection, didReceive event: HTTP2Event)

  /// All events of what has just been read have been delivered. What is written now leaves in the
  /// same flush.
  func connectionDidFinishReading(_ connection: Connection)

  /// The last call. Every open stream has been reported closed before.
  /// - Parameter error: Why, unless the end was orderly.
  func connectionDidClose(_ connection: Connection, error: HTTP2Error?)

  /// A stream was reset because the peer went beyond a limit. The connection lives.
  func connection(_ connection: Connection, didCutOff id: HTTP2StreamID, for abuse: HTTP2Abuse)

  /// It is time to look at how fast the peer sends what it has begun to send.
  /// - Parameter minimum: the bytes of a stream that should have come since the last look.
  /// - Returns: the streams that have stalled.
  func connection(_ connection: Connection, requestsStalledBelow minimum: Int) -> [HTTP2StreamID]

  /// A user event of the channel, such as the end of a TLS handshake.
  func connection(_ connection: Connection, didReceiveUserEvent event: Any)
}

extension HTTP2ConnectionDelegate {
  package func connectionDidOpen(_ connection: Connection) {}
  package func connectionDidFinishReading(_ connection: Connection) {}
  package func connection(_ connection: Connection, didCutOff id: HTTP2StreamID, for abuse: HTTP2Abuse) {}
  package func connection(_ connection: Connection, requestsStalledBelow minimum: Int) -> [HTTP2StreamID] { [] }
  package func connection(_ connection: Connection, didReceiveUserEvent event: Any) {}
}
