internal import CLibPQ

/// What it takes to ask the server to stop what a connection is running.
///
/// Sendable: a `PGcancel` is a copy of the connection's address and key, made for use from another thread ("PQcancel …
/// can be used from any thread … read-only as far as PQcancel is concerned", libpq 15, 34.7).
@safe final class CancelHandle: Sendable {
  private nonisolated(unsafe) let pointer: OpaquePointer

  init(taking pointer: OpaquePointer) { unsafe self.pointer = pointer }

  deinit { unsafe PQfreeCancel(pointer) }

  /// Sends the request over a connection of its own and waits until the server has taken it. Blocks.
  ///
  /// When this returns, a cancellation can only hit what the server was running before.
  func cancelBlocking() {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
      _ = unsafe PQcancel(pointer, message.baseAddress, Int32(message.count))
    }
  }
}
