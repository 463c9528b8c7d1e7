/// Names one connection of a channel from the attempt to make it until it is closed.
struct ConnectionID: Hashable, Sendable {
  var number: Int
}

/// Names one call that waits for a connection.
struct WaiterID: Hashable, Sendable {
  var number: Int
}
