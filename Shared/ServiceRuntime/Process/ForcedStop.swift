import Logging
import ServiceLifecycle
import UnixSignals

/// Ends the process at once when it is told to stop a second time. It is the first of its group, and so
/// lives through the orderly stop of all others.
struct ForcedStop: Service {
  struct Forced: Error, CustomStringConvertible {
    let description = "stopped at the second signal, calls in progress were cut off"
  }

  let logger: Logger

  func run() async throws {
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    var isStopping = false
    for await signal in signals.cancelOnGracefulShutdown() {
      if isStopping { throw Forced() }
      isStopping = true
      logger.info("stopping; signal again to stop at once", metadata: ["signal": "\(signal)"])
    }
  }
}
