import AIP
import FoundationEssentials
package import MerkleTree
import Policy
import SwiftProtobuf
package import VigilAccessAPI
import VigilTypeAPI

// The contract's form of entries and proofs: written by the log, compared by its readers.

extension PBAuditEntry {
  /// An entry as whoever may read it sees it.
  package init(_ leaf: AuditLeaf, at index: UInt64) {
    let (record, bytes) = (leaf.record, leaf.encoded)
    self.init()
    self.index = Int64(clamping: index)
    eventTime = Google_Protobuf_Timestamp(microsecondsSince1970: record.time.microseconds)
    service = leaf.service
    method = record.method
    principal = record.principal.map { "principals/\($0)" } ?? ""
    party = record.party?.description ?? ""
    resource = record.resource
    purpose = record.purpose.flatMap { PBPurpose(rawValue: Int($0.rawValue) + 1) } ?? .unspecified
    dataClasses = record.classes.compactMap { PBDataClass(rawValue: Int($0.rawValue) + 1) }
    policyVersion = record.policyVersion
    allowed = record.isAllowed
    usedGrants = record.grants.map { "grants/\($0)" }
    self.leaf = Data(bytes)
    leafHash = Data(TreeHash.leaf(bytes).bytes)
    serviceSequence = Int64(clamping: leaf.serviceSequence)
    partySequence = Int64(clamping: leaf.partySequence)
    detailsHash = Data(record.details)
  }

  /// An entry as whoever may verify only sees it.
  package init(_ hash: TreeHash, at index: UInt64) {
    self.init()
    self.index = Int64(clamping: index)
    leafHash = Data(hash.bytes)
  }
}

extension PBTreeHead {
  package init(_ signed: SignedTreeHead, keyID: String) {
    self.init()
    treeSize = Int64(clamping: signed.head.size)
    rootHash = Data(signed.head.root.bytes)
    signTime = Google_Protobuf_Timestamp(microsecondsSince1970: Int64(clamping: signed.head.timestamp) * 1000)
    signature = Data(signed.signature)
    self.keyID = keyID
  }

  /// Nil when it is not of the form.
  package var signed: SignedTreeHead? {
    guard let size = UInt64(exactly: treeSize), let root = TreeHash(bytes: rootHash),
      let seconds = UInt64(exactly: signTime.seconds), seconds < 1 << 40, (0..<1_000_000_000).contains(signTime.nanos),
      signTime.nanos % 1_000_000 == 0
    else { return nil }
    let timestamp = seconds * 1000 + UInt64(signTime.nanos / 1_000_000)
    return SignedTreeHead(head: TreeHead(timestamp: timestamp, size: size, root: root), signature: Array(signature))
  }
}

extension PBInclusionProof {
  package init(_ proof: InclusionProof) {
    self.init()
    index = Int64(clamping: proof.index)
    treeSize = Int64(clamping: proof.size)
    path = proof.path.map { Data($0.bytes) }
  }

  /// Nil when it is not of the form.
  package var proof: InclusionProof? {
    guard let index = UInt64(exactly: index), let size = UInt64(exactly: treeSize), let path = path.hashes else {
      return nil
    }
    return InclusionProof(index: index, size: size, path: path)
  }
}

extension PBConsistencyProof {
  package init(_ proof: ConsistencyProof) {
    self.init()
    firstTreeSize = Int64(clamping: proof.first)
    secondTreeSize = Int64(clamping: proof.second)
    path = proof.path.map { Data($0.bytes) }
  }

  /// Nil when it is not of the form.
  package var proof: ConsistencyProof? {
    guard let first = UInt64(exactly: firstTreeSize), let second = UInt64(exactly: secondTreeSize),
      let path = path.hashes
    else { return nil }
    return ConsistencyProof(first: first, second: second, path: path)
  }
}

extension [Data] {
  /// Nil unless each is a hash.
  fileprivate var hashes: [TreeHash]? {
    let hashes = compactMap { TreeHash(bytes: $0) }
    return hashes.count == count ? hashes : nil
  }
}

extension Google_Protobuf_Timestamp {
  fileprivate init(microsecondsSince1970 microseconds: Int64) {
    self.init()
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    seconds = remainder < 0 ? quotient - 1 : quotient
    nanos = Int32(remainder < 0 ? remainder + 1_000_000 : remainder) * 1000
  }
}
