package import FoundationEssentials

extension Bool: PostgresArrayElement { package static var arrayType: PostgresType { .boolArray } }
extension Int16: PostgresArrayElement { package static var arrayType: PostgresType { .int2Array } }
extension Int32: PostgresArrayElement { package static var arrayType: PostgresType { .int4Array } }
extension Int64: PostgresArrayElement { package static var arrayType: PostgresType { .int8Array } }
extension Int: PostgresArrayElement { package static var arrayType: PostgresType { .int8Array } }
extension Double: PostgresArrayElement { package static var arrayType: PostgresType { .float8Array } }
extension String: PostgresArrayElement { package static var arrayType: PostgresType { .textArray } }
extension UUID: PostgresArrayElement { package static var arrayType: PostgresType { .uuidArray } }
extension Date: PostgresArrayElement { package static var arrayType: PostgresType { .timestamptzArray } }
extension PostgresTimestamp: PostgresArrayElement { package static var arrayType: PostgresType { .timestamptzArray } }
extension PostgresDate: PostgresArrayElement { package static var arrayType: PostgresType { .dateArray } }
extension PostgresJSON: PostgresArrayElement { package static var arrayType: PostgresType { .jsonbArray } }
extension PostgresNumeric: PostgresArrayElement { package static var arrayType: PostgresType { .numericArray } }

/// Byte strings: `[[UInt8]]` is `bytea[]`.
extension Array: PostgresArrayElement where Element == UInt8 {
  package static var arrayType: PostgresType { .byteaArray }
}
