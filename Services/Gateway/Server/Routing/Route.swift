/// One line of the routing configuration: a service name prefix and where its instances are.
struct Route: Sendable, Equatable {
  /// The full name of a service, or its leading components.
  let prefix: String
  /// At least one.
  let targets: [RouteTarget]
  /// Whether the system counts as serving only when this route has a healthy instance.
  var isRequired = true

  /// Reads `prefix=target`, with more targets after spaces: `vigil.cases=10.0.0.1:9101 10.0.0.2:9101`.
  init(parsing text: String) throws(RouteError) {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2 else { throw .badRoute(text) }
    let names = halves[1].split(separator: " ")
    guard !names.isEmpty else { throw .badRoute(text) }
    self.prefix = String(halves[0].filter { $0 != " " })
    var targets: [RouteTarget] = []
    for name in names { targets.append(try RouteTarget(parsing: String(name))) }
    self.targets = targets
  }

  /// All routes of a configuration, in order.
  static func parse(_ lines: [String], optional: [String] = []) throws(RouteError) -> [Route] {
    var routes: [Route] = []
    for line in lines { routes.append(try Route(parsing: line)) }
    for prefix in optional {
      guard let index = routes.firstIndex(where: { $0.prefix == prefix }) else { throw .unknownOptional(prefix) }
      routes[index].isRequired = false
    }
    return routes
  }
}
