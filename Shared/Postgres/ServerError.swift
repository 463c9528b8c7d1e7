/// The parts of a server's error report that hold no data (PostgreSQL documentation, 55.8).
package struct ServerError: Hashable, Sendable {
  /// `ERROR`, `FATAL` or `PANIC`, never localised.
  package var severity: String
  package var sqlState: SQLState
  /// The primary message, only where ``SQLState/messageHoldsNoData``; messages such as *invalid input syntax for
  /// type integer: "…"* quote parameters.
  package var message: String?
  package var schema: String?
  package var table: String?
  package var column: String?
  package var dataType: String?
  package var constraint: String?
}

extension ServerError: CustomStringConvertible {
  package var description: String {
    var text = "\(severity) \(sqlState)"
    if let message { text += ": \(message)" }
    let names = [
      ("table", table), ("column", column), ("constraint", constraint), ("type", dataType),
    ]
    for case (let kind, let name?) in names { text += ", \(kind) \(name)" }
    return text
  }
}
