/// One changed field of a record, in the publisher's words.
struct FieldChange: Hashable, Sendable {
  var column: FatalityColumn
  var old: String
  var new: String
}

extension FatalityRow {
  /// The fields in which `newer` differs, in the order of the columns.
  func changes(to newer: FatalityRow) -> [FieldChange] {
    guard self != newer else { return [] }
    return FatalityColumn.allCases.compactMap { column in
      let (old, new) = (text(of: column), newer.text(of: column))
      return old == new ? nil : FieldChange(column: column, old: old, new: new)
    }
  }

  private func text(of column: FatalityColumn) -> String {
    switch column {
    case .casualtyID: casualtyID
    case .incidentDate: incidentDate.description
    case .mission: mission
    case .gender: Self.text(of: sex)
    case .nationality: nationality.sourceName
    case .personnelType: personnelType
    case .incidentType: incidentType.label
    case .m49: m49
    case .isoCode: publishedCode
    case .id, .casualtyType, .lastUpdate: ""
    }
  }

  private static func text(of sex: Sex) -> String {
    switch sex {
    case .notStated: ""
    case .female: "F"
    case .male: "M"
    }
  }
}
