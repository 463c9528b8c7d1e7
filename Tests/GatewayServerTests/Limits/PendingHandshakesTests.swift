import HTTP2
import Testing

@testable import GatewayServer

@Suite("Pending handshakes")
struct PendingHandshakesTests {
  @Test("beyond the limit the oldest goes")
  func eviction() {
    var pending = PendingHandshakes<String>(limit: 2)
    #expect(pending.begin("a").evicted == nil)
    #expect(pending.begin("b").evicted == nil)
    #expect(pending.begin("c").evicted == "a")
    #expect(pending.begin("d").evicted == "b")
    #expect(pending.count == 2)
  }

  @Test("those that ended are not evicted")
  func ended() {
    var pending = PendingHandshakes<String>(limit: 2)
    let first = pending.begin("a").number
    _ = pending.begin("b")
    pending.end(first)
    #expect(pending.begin("c").evicted == nil)
    #expect(pending.begin("d").evicted == "b")
  }

  @Test("an end that comes twice is no matter")
  func twice() {
    var pending = PendingHandshakes<String>(limit: 1)
    let (number, _) = pending.begin("a")
    pending.end(number)
    pending.end(number)
    #expect(pending.count == 0)
    #expect(pending.begin("b").evicted == nil)
  }
}

@Suite("Calls of a client")
struct CallsOfClientTests {
  @Test("as many as the limit, and again when one has ended")
  func limit() {
    let calls = CallsOfClient(limit: 2)
    #expect([calls.begin(), calls.begin(), calls.begin()] == [true, true, false])
    calls.end()
    #expect([calls.begin(), calls.begin()] == [true, false])
  }

  @Test("connections of one client share a count, those of another do not")
  func shared() {
    let limiter = ClientLimiter(limits: ClientLimits())
    let (one, other) = (ClientKey.identity("a"), ClientKey.identity("b"))
    for key in [one, one, other] { #expect(limiter.connect(key) == nil) }
    #expect(limiter.calls(of: one) === limiter.calls(of: one))
    #expect(limiter.calls(of: one) !== limiter.calls(of: other))
  }
}

@Suite("Offences")
struct OffenceTests {
  @Test("every label is there once")
  func labels() {
    #expect(Set(Offence.all.map(\.label)).count == Offence.all.count)
  }

  @Test("a flood keeps its client out, slowness and mistakes do not")
  func floods() {
    #expect(Offence.abuse(.streamResets).isFlood)
    for other: Offence in [.abuse(.slowReads), .abuse(.keepalivePings), .violation, .failedHandshake, .calls] {
      #expect(!other.isFlood)
    }
  }

  @Test("the ends of a connection that are no one's offence")
  func ends() {
    #expect(Offence(.keepaliveTimeout) == nil)
    #expect(Offence(.transport("reset")) == nil)
    #expect(Offence(.shutdownTimeout) == nil)
    #expect(Offence(.abuse(.pings)) == .abuse(.pings))
    #expect(Offence(.badPreface) == .violation)
    #expect(Offence(.settingsTimeout) == .slowSettings)
  }
}
