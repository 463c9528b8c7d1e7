import Logging
import NIOCore
import NameResolution

/// Looks the names of one route up, again and again, and makes what they resolve to the route's instances.
struct RouteResolver: Sendable {
  let route: Int
  let fleet: Fleet
  let interval: Duration

  /// Returns when its task is cancelled.
  func run(logger: Logger) async {
    while !Task.isCancelled {
      await resolve(logger)
      try? await Task.sleep(for: interval)
    }
  }

  /// A name that does not resolve now leaves the instances as they are: the name service may be what is ill.
  private func resolve(_ logger: Logger) async {
    let configured = fleet.routes[route]
    var addresses = configured.fixedAddresses
    for (name, port) in configured.names {
      do {
        let found = try await HostResolver().resolve(host: name, port: port)
        addresses += found.compactMap { $0.ipAddress.map { Instance.Address(host: $0, port: port) } }
      } catch {
        logger.warning("name does not resolve", metadata: ["name": .string(name), "error": "\(error)"])
        return
      }
    }
    fleet.setInstances(addresses.removingDuplicates, of: route)
  }
}

extension Route {
  /// The names that are to be resolved.
  var names: [(name: String, port: Int)] {
    targets.compactMap { target in
      if case .dns(let name, let port) = target { (name, port) } else { nil }
    }
  }
}

extension [Instance.Address] {
  var removingDuplicates: Self {
    var seen = Set<Instance.Address>()
    return filter { seen.insert($0).inserted }
  }
}
