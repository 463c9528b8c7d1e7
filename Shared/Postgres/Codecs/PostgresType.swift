/// A PostgreSQL data type by its object identifier (`pg_type.oid`); the built-in ones never change.
package struct PostgresType: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let bool = Self(rawValue: 16)
  package static let bytea = Self(rawValue: 17)
  package static let name = Self(rawValue: 19)
  package static let int8 = Self(rawValue: 20)
  package static let int2 = Self(rawValue: 21)
  package static let int4 = Self(rawValue: 23)
  package static let text = Self(rawValue: 25)
  package static let json = Self(rawValue: 114)
  package static let float4 = Self(rawValue: 700)
  package static let float8 = Self(rawValue: 701)
  package static let unknown = Self(rawValue: 705)
  package static let bpchar = Self(rawValue: 1042)
  package static let varchar = Self(rawValue: 1043)
  package static let date = Self(rawValue: 1082)
  package static let timestamp = Self(rawValue: 1114)
  package static let timestamptz = Self(rawValue: 1184)
  package static let numeric = Self(rawValue: 1700)
  /// A composite value that no `CREATE TYPE` names, as `ROW(…)` makes.
  package static let record = Self(rawValue: 2249)
  package static let uuid = Self(rawValue: 2950)
  package static let jsonb = Self(rawValue: 3802)

  package static let boolArray = Self(rawValue: 1000)
  package static let byteaArray = Self(rawValue: 1001)
  package static let int2Array = Self(rawValue: 1005)
  package static let int4Array = Self(rawValue: 1007)
  package static let textArray = Self(rawValue: 1009)
  package static let int8Array = Self(rawValue: 1016)
  package static let float8Array = Self(rawValue: 1022)
  package static let dateArray = Self(rawValue: 1182)
  package static let timestamptzArray = Self(rawValue: 1185)
  package static let numericArray = Self(rawValue: 1231)
  package static let uuidArray = Self(rawValue: 2951)
  package static let jsonbArray = Self(rawValue: 3807)

  /// Types made by `CREATE TYPE` (enums among them) have identifiers from here on.
  var isUserDefined: Bool { rawValue >= 16384 }
}
