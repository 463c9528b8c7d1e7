import AIP
import Postgres

/// A filter of cases as an SQL expression over the table `cases` by the name `c`, of what is seen of them. Values are
/// parameters, never text.
struct CaseFilterSQL: Sendable {
  private enum Parameter: Sendable {
    case text(String)
    case texts([String])
    case number(Int32)
    case smallNumbers([PersonnelCategory])
  }

  private(set) var text = ""
  private var parameters: [Parameter] = []
  private let view: CaseView
  private let first: Int

  /// - Parameter first: the number of the first parameter that is free.
  init(_ filter: FilterTree<CaseCondition>, view: CaseView = .clear, first: Int) {
    self.view = view
    self.first = first
    var writer = self
    text = filter.sql { writer.expression($0) }
    parameters = writer.parameters
  }

  var parameterCount: Int { parameters.count }

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
    let expression = condition.isNegated ? "NOT (\(test))" : test
    guard let core = view.core, condition.test.isOfCore else { return expression }
    return "\(core) AND \(expression)"
  }

  private mutating func test(_ test: CaseCondition.Test) -> String {
    switch test {
    case .mission(let id): "c.mission_id = \(add(.text(id.rawValue)))"
    case .missionKind(let kind):
      "c.mission_id IN (SELECT m.id FROM missions m WHERE m.kind = \(add(.number(Int32(kind.rawValue)))))"
    case .hostState(let code): "c.host_states @> \(add(.texts([code])))"
    case .nationality(let code): victim("v.nationality_code = \(add(.text(code)))")
    case .categories(let categories): victim("v.category = ANY(\(add(.smallNumbers(categories))))")
    case .incidentDate(let range): between(view.date, range)
    case .act(let act): "c.act = \(add(.number(Int32(act.rawValue))))"
    case .state(let state): "c.state = \(add(.number(Int32(state.rawValue))))"
    case .victimCount(let range): between(view.count, range)
    }
  }

  private mutating func between(_ column: String, _ range: ClosedRange<Int32>) -> String {
    "\(column) BETWEEN \(add(.number(range.lowerBound))) AND \(add(.number(range.upperBound)))"
  }

  private func victim(_ test: String) -> String {
    let seen = view.victim.map { " AND \($0)" } ?? ""
    return "EXISTS (SELECT FROM victims v WHERE v.case_id = c.id AND NOT v.withdrawn AND \(test)\(seen))"
  }
}
