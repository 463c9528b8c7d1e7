/// Why a host name has no addresses now.
package struct NameResolutionError: Error, Hashable, CustomStringConvertible {
  package var host: String
  /// What the system's resolver says, such as "Name or service not known".
  package var reason: String

  package init(host: String, reason: String) {
    self.host = host
    self.reason = reason
  }

  package var description: String { "the name \(host) cannot be resolved: \(reason)" }
}
