import NIOCore
import Testing

@testable import GatewayServer

@Suite("The ledger of clients")
struct ClientLedgerTests {
  static let start = NIODeadline.uptimeNanoseconds(0)
  static let first = ClientKey.address("192.0.2.1")
  static let second = ClientKey.identity("spiffe://vigil.local/client/x")

  static func ledger(_ change: (inout ClientLimits) -> Void) -> ClientLedger {
    var limits = ClientLimits()
    change(&limits)
    return ClientLedger(limits: limits)
  }

  @Test("limits the connections of one client and of all")
  func connections() {
    var ledger = Self.ledger {
      $0.connections = 3
      $0.connectionsPerClient = 2
    }
    #expect(ledger.connect(Self.first, at: Self.start) == nil)
    #expect(ledger.connect(Self.first, at: Self.start) == nil)
    #expect(ledger.connect(Self.first, at: Self.start) == .tooManyConnectionsOfClient)
    #expect(ledger.connect(Self.second, at: Self.start) == nil)
    #expect(ledger.connect(Self.second, at: Self.start) == .tooManyConnections)
    ledger.disconnect(Self.first, at: Self.start)
    #expect(ledger.connect(Self.second, at: Self.start) == nil)
    #expect(ledger.connections == 3)
  }

  @Test("keeps a client out for a while that was cut off for a flood, and no other")
  func pause() {
    var ledger = Self.ledger { $0.pause = .seconds(2) }
    _ = ledger.connect(Self.first, at: Self.start)
    _ = ledger.connect(Self.second, at: Self.start)
    ledger.keepOut(Self.first, at: Self.start)
    ledger.disconnect(Self.first, at: Self.start)
    ledger.disconnect(Self.second, at: Self.start)
    #expect(ledger.connect(Self.first, at: Self.start + .seconds(1)) == .cutOff)
    #expect(ledger.connect(Self.second, at: Self.start + .seconds(1)) == nil)
    #expect(ledger.connect(Self.first, at: Self.start + .seconds(2)) == nil)
  }

  @Test("counts the requests of all connections of a client together")
  func requests() {
    var ledger = Self.ledger {
      $0.requestsPerSecond = 10
      $0.requestBurst = 2
    }
    _ = ledger.connect(Self.first, at: Self.start)
    _ = ledger.connect(Self.first, at: Self.start)
    _ = ledger.connect(Self.second, at: Self.start)
    let first = (0..<3).map { _ in ledger.request(Self.first, at: Self.start) }
    #expect(first == [nil, nil, .milliseconds(100)])
    #expect(ledger.request(Self.second, at: Self.start) == nil)
  }

  @Test("does not forget what a client used when it reconnects")
  func reconnect() {
    var ledger = Self.ledger {
      $0.requestsPerSecond = 1
      $0.requestBurst = 1
    }
    _ = ledger.connect(Self.first, at: Self.start)
    _ = ledger.request(Self.first, at: Self.start)
    ledger.disconnect(Self.first, at: Self.start)
    _ = ledger.connect(Self.first, at: Self.start)
    #expect(ledger.request(Self.first, at: Self.start) != nil)
    ledger.disconnect(Self.first, at: Self.start + .seconds(5))
    #expect(ledger.clients == 0)
  }

  @Test("remembers a bounded number of clients")
  func bounded() {
    var ledger = Self.ledger {
      $0.requestsPerSecond = 1
      $0.requestBurst = 1
      $0.rememberedClients = 100
    }
    for number in 0..<1_000 {
      let key = ClientKey.address("\(number)")
      _ = ledger.connect(key, at: Self.start)
      _ = ledger.request(key, at: Self.start)
      ledger.disconnect(key, at: Self.start)
      #expect(ledger.clients <= 101)
    }
    #expect(ledger.connections == 0)
  }

  @Test("sweeps away those that owe nothing before others")
  func sweep() {
    var ledger = Self.ledger {
      $0.requestsPerSecond = 1
      $0.requestBurst = 10
      $0.rememberedClients = 4
    }
    for number in 0..<4 {
      let key = ClientKey.address("\(number)")
      _ = ledger.connect(key, at: Self.start)
      for _ in 0..<(number == 3 ? 10 : 1) { _ = ledger.request(key, at: Self.start) }
      ledger.disconnect(key, at: Self.start)
    }
    let later = Self.start + .seconds(2)
    _ = ledger.connect(.local, at: later)
    for _ in 0..<9 { _ = ledger.request(.local, at: later) }
    ledger.disconnect(.local, at: later)
    #expect(ledger.clients == 2)
    _ = ledger.connect(.address("3"), at: later)
    let granted = (0..<10).filter { _ in ledger.request(.address("3"), at: later) == nil }
    #expect(granted.count == 2)
  }

  @Test("ignores a stranger's leave")
  func stranger() {
    var ledger = Self.ledger { _ in }
    ledger.disconnect(Self.first, at: Self.start)
    #expect(ledger.connections == 0)
    #expect(ledger.request(Self.first, at: Self.start) == nil)
  }
}
