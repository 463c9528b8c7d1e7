import NIOCore
import Testing

@testable import GatewayServer

@Suite("The health of an instance")
struct InstanceHealthTests {
  typealias Change = InstanceHealth.Change

  enum Input {
    case probeOK, probeFails, callOK, callFails, lastCallFails, tick
  }

  struct Step {
    let at: Int64
    let input: Input
    let change: Change?
    let available: Bool

    init(_ at: Int64, _ input: Input, _ change: Change? = nil, available: Bool) {
      self.at = at
      self.input = input
      self.change = change
      self.available = available
    }
  }

  struct Story: CustomTestStringConvertible {
    let testDescription: String
    var probes = true
    let steps: [Step]
  }

  static let stories = [
    Story(
      testDescription: "a new instance waits for its first good probe",
      steps: [
        Step(0, .probeFails, available: false), Step(1, .callOK, available: false),
        Step(1, .callFails, available: false), Step(2, .probeOK, .becameHealthy, available: true),
        Step(3, .probeOK, available: true),
      ]),
    Story(
      testDescription: "a new instance that does not get well is told of once",
      steps: [
        Step(0, .probeFails, available: false), Step(1, .probeFails, .isNotYetHealthy, available: false),
        Step(2, .probeFails, available: false), Step(3, .probeFails, available: false),
        Step(4, .probeOK, .becameHealthy, available: true), Step(5, .probeFails, available: true),
        Step(6, .probeFails, .becameUnhealthy, available: false), Step(7, .probeFails, available: false),
      ]),
    Story(
      testDescription: "probes that fail in a row take it out, one alone does not",
      steps: [
        Step(0, .probeOK, .becameHealthy, available: true), Step(1, .probeFails, available: true),
        Step(2, .probeOK, available: true), Step(3, .probeFails, available: true),
        Step(4, .probeFails, .becameUnhealthy, available: false), Step(5, .probeFails, available: false),
        Step(6, .probeOK, .becameHealthy, available: true),
      ]),
    Story(
      testDescription: "calls that fail in a row eject it, until a probe after the time",
      steps: [
        Step(0, .probeOK, .becameHealthy, available: true), Step(1, .callFails, available: true),
        Step(1, .callFails, available: true), Step(1, .callOK, available: true),
        Step(2, .callFails, available: true), Step(2, .callFails, available: true),
        Step(2, .callFails, .ejected(length: .seconds(5)), available: false),
        Step(3, .callFails, available: false), Step(4, .probeOK, available: false),
        Step(6, .tick, available: false), Step(7, .probeOK, .returned, available: true),
      ]),
    Story(
      testDescription: "a second ejection is longer",
      steps: [Step(0, .probeOK, .becameHealthy, available: true)]
        + ejection(at: 1, .seconds(5)) + [Step(6, .probeOK, .returned, available: true)]
        + ejection(at: 7, .seconds(10)) + [Step(16, .probeOK, available: false)]
        + [Step(17, .probeOK, .returned, available: true)] + ejection(at: 18, .seconds(12))),
    Story(
      testDescription: "good conduct is rewarded",
      steps: [Step(0, .probeOK, .becameHealthy, available: true)]
        + ejection(at: 1, .seconds(5)) + [Step(6, .probeOK, .returned, available: true)]
        + [Step(106, .probeOK, available: true)] + ejection(at: 107, .seconds(5))),
    Story(
      testDescription: "failed probes during an ejection make it wait for a good one",
      steps: [Step(0, .probeOK, .becameHealthy, available: true)] + ejection(at: 1, .seconds(5)) + [
        Step(2, .probeFails, available: false), Step(3, .probeFails, .becameUnhealthy, available: false),
        Step(4, .probeOK, .becameHealthy, available: true),
      ]),
    Story(
      testDescription: "the last one available is not ejected",
      steps: [
        Step(0, .probeOK, .becameHealthy, available: true), Step(1, .lastCallFails, available: true),
        Step(1, .lastCallFails, available: true), Step(1, .lastCallFails, available: true),
        Step(1, .lastCallFails, available: true), Step(2, .callFails, .ejected(length: .seconds(5)), available: false),
      ]),
    Story(
      testDescription: "without probes it starts healthy and returns by the clock",
      probes: false,
      steps: [Step(0, .tick, available: true)] + ejection(at: 1, .seconds(5)) + [
        Step(5, .tick, available: false), Step(6, .tick, .returned, available: true),
      ]),
  ]

  static func ejection(at time: Int64, _ length: TimeAmount) -> [Step] {
    [
      Step(time, .callFails, available: true), Step(time, .callFails, available: true),
      Step(time, .callFails, .ejected(length: length), available: false),
    ]
  }

  @Test("follows its story", arguments: stories)
  func story(_ story: Story) {
    var policy = HealthPolicy()
    policy.probes = story.probes
    policy.callFailures = 3
    policy.maximumEjection = .seconds(12)
    policy.forgiveness = .seconds(60)
    var health = InstanceHealth(policy: policy, at: .uptimeNanoseconds(0))
    for (number, step) in story.steps.enumerated() {
      let now = NIODeadline.uptimeNanoseconds(0) + .seconds(step.at)
      #expect(apply(step.input, to: &health, at: now) == step.change, "step \(number)")
      #expect(health.isAvailable == step.available, "step \(number)")
    }
  }

  private func apply(_ input: Input, to health: inout InstanceHealth, at now: NIODeadline) -> Change? {
    switch input {
    case .probeOK: return health.probeSucceeded(at: now)
    case .probeFails: return health.probeFailed()
    case .callFails: return health.callFailed(at: now)
    case .lastCallFails: return health.callFailed(at: now, mayEject: false)
    case .tick: return health.tick(at: now)
    case .callOK:
      health.callSucceeded()
      return nil
    }
  }

  @Test(
    "ejections double up to the limit",
    arguments: [
      (1, TimeAmount.seconds(5)), (2, .seconds(10)), (3, .seconds(20)), (5, .seconds(80)), (6, .seconds(120)),
      (64, .seconds(120)), (0, .seconds(5)),
    ])
  func backOff(count: Int, length: TimeAmount) {
    #expect(HealthPolicy().ejectionLength(count) == length)
  }
}
