package import MerkleTree

/// A record in its place in the log: an entry.
package struct AuditLeaf: Hashable, Sendable {
  /// The service that recorded it, `cases`, as it proved itself to the log. 1 to 255 bytes.
  package var service: String
  /// The record's place among those of the service, from 0, without gaps.
  package var serviceSequence: UInt64
  /// Its place among those of its party, from 0, without gaps: by it a party sees that none of its own was left out. 0
  /// when it has no party.
  package var partySequence: UInt64
  package var record: AuditRecord

  package init(service: String, serviceSequence: UInt64, partySequence: UInt64, record: AuditRecord) {
    self.service = service
    self.serviceSequence = serviceSequence
    self.partySequence = partySequence
    self.record = record
  }

  private static let version: UInt8 = 1

  /// Canonical bytes, as those of the record (``AuditRecord/encoded``), with which they end:
  ///
  ///     uint8  version = 1
  ///     opaque service<1..255>          UTF-8
  ///     uint64 service_sequence
  ///     uint64 party_sequence
  ///     AuditRecord record
  package var encoded: [UInt8] {
    Self.encoded(service, serviceSequence, partySequence, record: record.encoded)
  }

  /// The same, of a record whose bytes are known already.
  package static func encoded(
    _ service: String, _ serviceSequence: UInt64, _ partySequence: UInt64, record: [UInt8]
  ) -> [UInt8] {
    var writer = LeafWriter()
    writer.bytes.reserveCapacity(record.count + service.utf8.count + 18)
    writer.put(version)
    writer.put(short: service, most: 255)
    writer.put(serviceSequence)
    writer.put(partySequence)
    writer.bytes.append(contentsOf: record)
    return writer.bytes
  }

  /// Reads canonical bytes, all of them.
  ///
  /// - Throws: ``AuditFormatError`` for anything else.
  package init(encoded bytes: some Collection<UInt8>) throws(AuditFormatError) {
    var reader = LeafReader(bytes)
    guard try reader.integer(UInt8.self) == Self.version else { throw .version }
    let service = try reader.text(lengthIn: UInt8.self, most: 255)
    guard !service.isEmpty else { throw .value }
    self.init(
      service: service, serviceSequence: try reader.integer(), partySequence: try reader.integer(),
      record: try AuditRecord(&reader))
    try reader.end()
  }

  /// Its leaf in the tree.
  package var hash: TreeHash { .leaf(encoded) }
}
