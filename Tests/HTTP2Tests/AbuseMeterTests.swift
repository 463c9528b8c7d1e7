import NIOCore
import Testing

@testable import HTTP2

@Suite("AbuseMeter")
struct AbuseMeterTests {
  private func meter(burst: Int, perSecond: Int) -> AbuseMeter {
    var limits = HTTP2Configuration.AbuseLimits()
    limits.pings = .init(burst: burst, perSecond: perSecond)
    return AbuseMeter(limits: limits)
  }

  private func count(_ number: Int, of abuse: HTTP2Abuse = .pings, _ meter: inout AbuseMeter) -> [Bool] {
    var borne: [Bool] = []
    for _ in 0..<number { borne.append(meter.count(abuse)) }
    return borne
  }

  @Test("a burst is borne, one more is not")
  func burst() {
    var meter = self.meter(burst: 3, perSecond: 1)
    #expect(self.count(4, &meter) == [true, true, true, false])
    #expect(meter.offence == .pings)
  }

  @Test("tokens come back with time, up to the burst")
  func refill() {
    var meter = self.meter(burst: 2, perSecond: 10)
    meter.now = .uptimeNanoseconds(0)
    #expect(self.count(2, &meter) == [true, true])
    meter.now = .uptimeNanoseconds(100_000_000)
    #expect(self.count(1, &meter) == [true])
    meter.now = .uptimeNanoseconds(3_600_000_000_000)
    #expect(self.count(3, &meter) == [true, true, false])
  }

  @Test("fractions of a token are not lost to frequent looks")
  func fractions() {
    var meter = self.meter(burst: 1, perSecond: 1)
    var borne = 0
    for step in 0..<40 {
      meter.now = .uptimeNanoseconds(UInt64(step) * 250_000_000)
      if step % 4 == 0, meter.count(.pings) { borne += 1 }
    }
    #expect(borne == 10)
  }

  @Test("kinds are counted apart")
  func kinds() {
    var meter = self.meter(burst: 1, perSecond: 0)
    #expect(self.count(1, &meter) == [true])
    #expect(self.count(1, of: .settings, &meter) == [true])
    #expect(self.count(1, &meter) == [false])
  }

  @Test("CONTINUATION frames are counted for each header block")
  func continuations() {
    var meter = AbuseMeter(limits: .init())
    for _ in 0..<3 {
      meter.beginHeaderBlock()
      for _ in 0..<8 {
        let isBorne = meter.countContinuation()
        #expect(isBorne)
      }
    }
    let isBorne = meter.countContinuation()
    #expect(!isBorne)
    #expect(meter.offence == .continuations)
  }
}
