import Testing

@testable import GRPCTransport

@Suite("Client: back-off")
struct BackoffTests {
  @Test("without jitter: 1 s, times 1.6, to 120 s; and again after a success")
  func sequence() {
    var configuration = Backoff.Configuration()
    configuration.jitter = 0
    var backoff = Backoff(configuration)
    var random = SplitMix(seed: 1)
    let waits = (0..<14).map { _ in Double(backoff.next(using: &random).components.seconds) }
    #expect(waits == [1, 1, 2, 4, 6, 10, 16, 26, 42, 68, 109, 120, 120, 120])
    backoff.reset()
    #expect(backoff.next(using: &random) == .seconds(1))
  }

  @Test("jitter moves a wait by a fifth at most, either way")
  func jitter() {
    var random = SplitMix(seed: 2)
    var waits: [Duration] = []
    for _ in 0..<1_000 {
      var backoff = Backoff()
      waits.append(backoff.next(using: &random))
    }
    #expect(waits.allSatisfy { (.milliseconds(800) ... .milliseconds(1_200)).contains($0) })
    #expect(waits.contains { $0 < .milliseconds(850) })
    #expect(waits.contains { $0 > .milliseconds(1_150) })
  }

  @Test("an initial wait above the maximum is the maximum")
  func maximum() {
    var configuration = Backoff.Configuration()
    configuration.jitter = 0
    configuration.initial = .seconds(5)
    configuration.maximum = .seconds(2)
    var backoff = Backoff(configuration)
    var random = SplitMix(seed: 3)
    #expect(backoff.next(using: &random) == .seconds(2))
    #expect(backoff.next(using: &random) == .seconds(2))
  }
}
