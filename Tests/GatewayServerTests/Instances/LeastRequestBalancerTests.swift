import Testing

@testable import GatewayServer

@Suite("Least-request balancing")
struct LeastRequestBalancerTests {
  @Test(
    "takes the instance with the fewest calls",
    arguments: [
      ([], nil),
      ([nil], nil),
      ([nil, nil], nil),
      ([3], 0),
      ([3, 1, 2], 1),
      ([nil, 9, nil], 1),
      ([nil, 4, 3], 2),
      ([5, 0, 5], 1),
    ] as [([Int?], Int?)])
  func fewest(loads: [Int?], choice: Int?) {
    for start in 0..<4 {
      var balancer = LeastRequestBalancer(start: start)
      #expect(balancer.pick(among: loads.count) { loads[$0] } == choice)
    }
  }

  @Test("equals take turns", arguments: [0, 7])
  func turns(load: Int) {
    var balancer = LeastRequestBalancer()
    var counts = [0, 0, 0]
    for _ in 0..<30 {
      if let choice = balancer.pick(among: 3, load: { _ in load }) { counts[choice] += 1 }
    }
    #expect(counts == [10, 10, 10])
  }

  @Test("survives the counter's end")
  func overflow() {
    var balancer = LeastRequestBalancer(start: .max)
    #expect(balancer.pick(among: 3) { _ in 1 } != nil)
  }
}
