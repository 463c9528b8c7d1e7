import NIOCore
import Testing

@testable import GatewayServer

@Suite("A token bucket")
struct TokenBucketTests {
  static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

  @Test("gives a burst, then a steady rate")
  func burstThenRate() {
    var bucket = TokenBucket(rate: 10, capacity: 3, at: Self.start)
    let taken = (0..<5).map { _ in bucket.take(at: Self.start) }
    #expect(taken == [nil, nil, nil, .milliseconds(100), .milliseconds(100)])
    let later = [60, 101, 102].map { bucket.take(at: Self.start + .milliseconds($0)) }
    #expect(later[0] == .milliseconds(40))
    #expect(later[1] == nil)
    #expect(later[2] != nil)
  }

  @Test("saves no more than its capacity")
  func capacity() {
    var bucket = TokenBucket(rate: 1000, capacity: 2, at: Self.start)
    let later = Self.start + .hours(1)
    let taken = (0..<3).map { _ in bucket.take(at: later) }
    #expect(taken == [nil, nil, .milliseconds(1)])
  }

  @Test("does not mind a clock that stands or steps back")
  func clock() {
    var bucket = TokenBucket(rate: 1, capacity: 1, at: Self.start)
    let taken = [Self.start, .uptimeNanoseconds(0)].map { bucket.take(at: $0) }
    #expect(taken == [nil, .seconds(1)])
  }

  @Test("knows when it is full")
  func full() {
    var bucket = TokenBucket(rate: 1, capacity: 2, at: Self.start)
    let before = bucket.isFull(at: Self.start)
    _ = bucket.take(at: Self.start)
    let after = bucket.isFull(at: Self.start)
    let later = bucket.isFull(at: Self.start + .seconds(2))
    #expect([before, after, later] == [true, false, true])
  }
}
