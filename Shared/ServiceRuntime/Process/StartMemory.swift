import Logging
import ProcessMemory
import ServiceLifecycle

/// Once the process is ready, gives back the memory that only its start needed.
struct StartMemory: Service {
  /// What follows at once on being ready (first probes, first connections) belongs to the start.
  static let settling = Duration.seconds(5)

  let readiness: Readiness
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await becomesReady()
      // Stopped before it had settled: there is nothing to give back.
      guard (try? await Task.sleep(for: Self.settling)) != nil else { return }
      let bytes = ProcessMemory.releaseCodePages()
      logger.debug("pages of code let go", metadata: ["bytes": "\(bytes)"])
    }
  }

  private func becomesReady() async {
    let (moments, continuation) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingNewest(1))
    readiness.observe { isReady in
      if isReady { continuation.finish() }
    }
    for await _ in moments {}
  }
}
