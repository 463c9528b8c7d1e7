import AIP
import Postgres

/// A filter of cases as an SQL expression over the table `cases` by the name `c`. Values are parameters, never text.
struct CaseFilterSQL: Sendable {
  private enum Parameter: Sendable {
    case text(String)
    case texts([String])
    case number(Int32)
    case smallNumbers([PersonnelCategory])
  }

  private(set) var text = ""
  private var parameters: [Parameter] = []
  private let first: Int

  /// - Parameter first: the number of the first parameter that is free.
  init(_ filter: FilterTree<CaseCondition>, first: Int) {
    self.first = first
    var writer = self
    text = filter.sql { writer.expression($0) }
    parameters = writer.parameters
  }

  func bind(_ target: inout PostgresParameters) {
    for parameter in parameters {
      switch parameter {
      case .text(let value): target.append(value)
      case .texts(let value): target.append(value)
      case .number(let value): target.append(value)
      case .smallNumbers(let value): target.append(value)
      }
    }
  }

  private mutating func add(_ parameter: Parameter) -> String {
    parameters.append(parameter)
    return "$\(first + parameters.count - 1)"
  }

  private mutating func expression(_ condition: CaseCondition) -> String {
    let test = test(condition.test)
    return condition.isNegated ? "NOT (\(test))" : test
  }

  private mutating func test(_ test: CaseCondition.Test) -> String {
    switch test {
    case .mission(let id): "c.mission_id = \(add(.text(id.rawValue)))"
    case .missionKind(let kind):
      "c.mission_id IN (SELECT m.id FROM missions m WHERE m.kind = \(add(.number(Int32(kind.rawValue)))))"
    case .hostState(let code): "c.host_states @> \(add(.texts([code])))"
    case .nationality(let code): victim("v.nationality_code = \(add(.text(code)))")
    case .categories(let categories): victim("v.category = ANY(\(add(.smallNumbers(categories))))")
    case .incidentDate(let range): between("c.incident_date", range)
    case .act(let act): "c.act = \(add(.number(Int32(act.rawValue))))"
    case .state(let state): "c.state = \(add(.number(Int32(state.rawValue))))"
    case .victimCount(let range): between("c.victim_count", range)
    }
  }

  private mutating func between(_ column: String, _ range: ClosedRange<Int32>) -> String {
    "\(column) BETWEEN \(add(.number(range.lowerBound))) AND \(add(.number(range.upperBound)))"
  }

  private func victim(_ test: String) -> String {
    "EXISTS (SELECT FROM victims v WHERE v.case_id = c.id AND NOT v.withdrawn AND \(test))"
  }
}
