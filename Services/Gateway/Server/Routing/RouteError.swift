/// Why the configured routes cannot be used. Each description is one line for the operator.
enum RouteError: Error, Equatable, CustomStringConvertible {
  case badPrefix(String)
  case duplicatePrefix(String)
  case badRoute(String)
  case badTarget(String)
  case unknownOptional(String)
  case badIdentity(String)
  case unknownIdentity(String)

  var description: String {
    switch self {
    case .badPrefix(let prefix): "'\(prefix)' is not a service name or the dotted beginning of one"
    case .duplicatePrefix(let prefix): "'\(prefix)' has more than one route"
    case .badRoute(let text): "'\(text)' is not a route; write service.prefix=host:port or service.prefix=dns:name:port"
    case .badTarget(let text): "'\(text)' is not a target; write host:port, [v6]:port or dns:name:port"
    case .unknownOptional(let prefix): "'\(prefix)' is listed as optional but has no route"
    case .badIdentity(let text):
      "'\(text)' is not an identity of a route; write service.prefix=spiffe://domain/service/name"
    case .unknownIdentity(let prefix): "'\(prefix)' is given an identity but has no route"
    }
  }
}
