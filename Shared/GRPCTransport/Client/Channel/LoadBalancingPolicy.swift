internal import GRPCCore

/// How calls are spread over the addresses of a target.
package enum LoadBalancingPolicy: Sendable, Hashable {
  /// One connection, to the first address that can be reached.
  /// - Parameter shuffle: Tries the addresses in random order, so that many clients spread.
  case pickFirst(shuffle: Bool = false)
  /// A connection to each address; calls take them in turn.
  case roundRobin
  /// A connection to each address; a call takes the less loaded of two chosen at random.
  case leastRequest

  /// The first policy of a gRPC service config, if it names one.
  init?(_ configuration: ServiceConfig) {
    for policy in configuration.loadBalancingConfig {
      if let pickFirst = policy.pickFirst {
        self = .pickFirst(shuffle: pickFirst.shuffleAddressList)
        return
      }
      if policy.roundRobin != nil {
        self = .roundRobin
        return
      }
    }
    return nil
  }

  /// Whether every address is to have a connection.
  var connectsToAll: Bool {
    if case .pickFirst = self { false } else { true }
  }
}
