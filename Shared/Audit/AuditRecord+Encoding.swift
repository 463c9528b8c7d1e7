import AIP
import Policy

extension AuditRecord {
  /// The first byte of every record.
  private static let version: UInt8 = 1

  /// Canonical bytes, in the presentation language of TLS (RFC 8446, section 3): integers big-endian, `<…>` preceded by
  /// its length in as many bytes as the most needs. Equal records have equal bytes and the other way round.
  ///
  ///     uint8  version = 1
  ///     uint64 salt[2]
  ///     uint64 time                     microseconds since 1970 (UTC), two's complement
  ///     opaque method<0..255>           UTF-8
  ///     uint64 principal<0..2>          a UUID, or none
  ///     opaque party<0..16>             ASCII
  ///     opaque resource<0..2048>        UTF-8
  ///     uint8  purpose                  number in vigil.type.v1.Purpose, 0 for none
  ///     uint16 classes                  bit n for number n + 1 in vigil.type.v1.DataClass
  ///     uint32 policy_version
  ///     uint8  allowed                  1 or 0
  ///     uint64 grants<0..510>           UUIDs; preceded by how many there are
  ///     opaque details<0..32>           SHA-256, or nothing
  ///
  /// (Of principal the length is the number of UUIDs as well.)
  package var encoded: [UInt8] {
    var writer = LeafWriter()
    writer.bytes.reserveCapacity(192)
    writer.put(Self.version)
    writer.put(salt.high)
    writer.put(salt.low)
    writer.put(time.microseconds)
    writer.put(short: method, most: 255)
    writer.put(principal.map { [$0] } ?? [])
    writer.put(short: party?.description ?? "", most: 16)
    writer.put(long: resource, most: 2048)
    writer.put(purpose.map { $0.rawValue + 1 } ?? 0)
    writer.put(classes.rawValue)
    writer.put(policyVersion)
    writer.put(UInt8(isAllowed ? 1 : 0))
    writer.put(Array(grants.prefix(255)))
    writer.put(short: details.prefix(32))
    return writer.bytes
  }

  /// Reads canonical bytes, all of them.
  ///
  /// - Throws: ``AuditFormatError`` for anything else.
  package init(encoded bytes: some Collection<UInt8>) throws(AuditFormatError) {
    var reader = LeafReader(bytes)
    try self.init(&reader)
    try reader.end()
  }

  init(_ reader: inout LeafReader) throws(AuditFormatError) {
    guard try reader.integer(UInt8.self) == Self.version else { throw .version }
    let salt = AuditSalt(high: try reader.integer(), low: try reader.integer())
    let time = PolicyTime(microseconds: try reader.integer())
    let method = try reader.text(lengthIn: UInt8.self, most: 255)
    let principals = try reader.ids(most: 1)
    let party = try reader.party()
    let resource = try reader.text(lengthIn: UInt16.self, most: 2048)
    let purpose = try reader.purpose()
    self.init(
      time: time, method: method, principal: principals.first, party: party, resource: resource, purpose: purpose,
      classes: DataClassSet(rawValue: try reader.integer()), policyVersion: try reader.integer(),
      isAllowed: try reader.bool(), grants: try reader.ids(most: 255), details: try reader.digest(), salt: salt)
  }
}

extension LeafReader {
  fileprivate mutating func party() throws(AuditFormatError) -> PartyID? {
    let text = try text(lengthIn: UInt8.self, most: 16)
    if text.isEmpty { return nil }
    guard let party = PartyID(text) else { throw .value }
    return party
  }

  fileprivate mutating func purpose() throws(AuditFormatError) -> Purpose? {
    let number = try integer(UInt8.self)
    if number == 0 { return nil }
    guard let purpose = Purpose(rawValue: number - 1) else { throw .value }
    return purpose
  }

  fileprivate mutating func bool() throws(AuditFormatError) -> Bool {
    let byte = try integer(UInt8.self)
    guard byte <= 1 else { throw .value }
    return byte == 1
  }

  fileprivate mutating func digest() throws(AuditFormatError) -> [UInt8] {
    let bytes = try opaque(lengthIn: UInt8.self, most: 32)
    guard bytes.isEmpty || bytes.count == 32 else { throw .value }
    return Array(bytes)
  }
}
