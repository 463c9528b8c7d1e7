import ServiceLifecycle
import Tokens

/// Tells this process's own check of tokens what all other processes are told.
struct TrustFeed: Service {
  let broadcast: PolicyBroadcast
  let tokens: any TokenKeys

  func run() async throws {
    for await signed in broadcast.watch().cancelOnGracefulShutdown() { tokens.take(TokenTrust(signed.snapshot)) }
    // The broadcast may end before this is told to.
    try? await gracefulShutdown()
  }
}
