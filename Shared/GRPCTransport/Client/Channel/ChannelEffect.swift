internal import GRPCCore

/// What a ``ChannelState`` asks its owner to do, in order.
enum ChannelEffect {
  /// Connect, then report `connected` or `connectFailed`.
  case connect(ConnectionID, ResolvedAddress)
  /// Give up an attempt; nothing is reported of it any more.
  case abandon(ConnectionID)
  /// Close a connection once its calls have ended, then report `closed`.
  case drain(ConnectionID)
  /// Close a connection and end its calls, then report `closed`.
  case close(ConnectionID)
  /// Report `waited` after this time.
  case wait(ConnectionID, Duration)
  /// Look up the target's addresses again: something at the other end has changed.
  case resolve
  /// Hand a connection to a waiting call.
  case assign(WaiterID, ConnectionID)
  /// Fail a waiting call.
  case reject(WaiterID, RPCError)
  /// Everything has ended.
  case finish
}
