package import AIP
import FoundationEssentials
package import Postgres

/// A record id is a `uuid`.
extension RecordID: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .uuid }
  package static var arrayType: PostgresType { .uuidArray }

  package func encode(into bytes: inout [UInt8]) {
    append(high, to: &bytes)
    append(low, to: &bytes)
  }

  private func append(_ half: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: half >> shift)) }
  }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    let id = try UUID(postgres: bytes, type: type).uuid
    self.init(
      high: Self.half(id.0, id.1, id.2, id.3, id.4, id.5, id.6, id.7),
      low: Self.half(id.8, id.9, id.10, id.11, id.12, id.13, id.14, id.15)
    )
  }

  private static func half(
    _ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, _ e: UInt8, _ f: UInt8, _ g: UInt8, _ h: UInt8
  ) -> UInt64 {
    let upper = UInt64(a) << 56 | UInt64(b) << 48 | UInt64(c) << 40 | UInt64(d) << 32
    return upper | UInt64(e) << 24 | UInt64(f) << 16 | UInt64(g) << 8 | UInt64(h)
  }
}
