import AIP
import Crypto
import FoundationEssentials
import MerkleTree
import Policy
import SwiftProtobuf
import VigilAccessAPI

@testable import Audit

/// A source of values that a test can have again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension AuditLeaf {
  static func random(using random: inout SplitMix) -> AuditLeaf {
    func id() -> RecordID { RecordID(high: random.next(), low: random.next()) }
    let record = AuditRecord(
      time: PolicyTime(microseconds: Int64(bitPattern: random.next())), method: "vigil.cases.v1.CaseService/GetCase",
      principal: Bool.random(using: &random) ? id() : nil,
      party: ["KEN", "MLI", "minusma", nil].randomElement(using: &random).flatMap { $0 }.flatMap { PartyID($0) },
      resource: Bool.random(using: &random) ? "cases/\(id())" : "",
      purpose: Purpose.allCases.randomElement(using: &random),
      classes: DataClassSet(rawValue: UInt16(truncatingIfNeeded: random.next())),
      policyVersion: UInt32(truncatingIfNeeded: random.next()), isAllowed: Bool.random(using: &random),
      grants: (0..<Int.random(in: 0...3, using: &random)).map { _ in id() },
      details: Bool.random(using: &random) ? [] : (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) },
      salt: AuditSalt(high: random.next(), low: random.next()))
    return AuditLeaf(
      service: "cases", serviceSequence: random.next() >> 1, partySequence: random.next() >> 1, record: record)
  }
}

/// A log in memory, and what it gives out.
struct SampleLog {
  static let key = Curve25519.Signing.PrivateKey()
  static let keys = AuditKeys([key.publicKey])

  var leaves: [AuditLeaf]

  /// Of entries of three parties in turn, and of none.
  init(_ count: Int) {
    var random = SplitMix(state: 7)
    leaves = (0..<count).map { index in
      var leaf = AuditLeaf.random(using: &random)
      leaf.serviceSequence = UInt64(index)
      leaf.record.party = [PartyID("KEN"), PartyID("MLI"), PartyID("EGY"), nil][index % 4]
      leaf.partySequence = leaf.record.party == nil ? 0 : UInt64(index / 4)
      leaf.record.time = PolicyTime(microseconds: Int64(index) * 1_000_000)
      return leaf
    }
  }

  var size: UInt64 { UInt64(leaves.count) }

  private var nodes: [NodeAddress: TreeHash] {
    var frontier = TreeFrontier()
    return leaves.reduce(into: [:]) { nodes, leaf in
      for node in frontier.append(leaf.hash) { nodes[node.address] = node.hash }
    }
  }

  private func path(_ plan: ProofPlan?) -> [TreeHash] {
    let nodes = nodes
    return plan.flatMap { $0.proof(from: $0.addresses.compactMap { nodes[$0] }) } ?? []
  }

  func head(_ key: Curve25519.Signing.PrivateKey = SampleLog.key) throws -> PBTreeHead {
    var frontier = TreeFrontier()
    for leaf in leaves { _ = frontier.append(leaf.hash) }
    let head = TreeHead(timestamp: 1_790_000_000_123, size: size, root: frontier.root)
    return PBTreeHead(try SignedTreeHead(signing: head, with: key), keyID: key.publicKey.keyID)
  }

  func proof(from first: UInt64) -> PBConsistencyProof {
    PBConsistencyProof(
      ConsistencyProof(first: first, second: size, path: path(.consistency(from: first, to: size))))
  }

  func entry(_ index: Int, isMasked: Bool = false) -> PBProvenEntry {
    let place = UInt64(index)
    return .with {
      $0.entry = isMasked ? PBAuditEntry(leaves[index].hash, at: place) : PBAuditEntry(leaves[index], at: place)
      $0.proof = PBInclusionProof(
        InclusionProof(index: place, size: size, path: path(.inclusion(of: place, size: size))))
    }
  }

  /// A bundle of the entries that are chosen, with the proof from a known size.
  func bundle(
    known: UInt64? = nil, isMasked: Bool = false, where isChosen: (AuditLeaf) -> Bool = { _ in true }
  ) throws -> [PBAuditBundlePart] {
    var parts = [PBAuditBundlePart.with { $0.treeHead = (try? head()) ?? PBTreeHead() }]
    if let known { parts.append(.with { $0.consistencyProof = proof(from: known) }) }
    for index in leaves.indices where isChosen(leaves[index]) {
      parts.append(.with { $0.entry = entry(index, isMasked: isMasked) })
    }
    return parts
  }
}

/// What a reader finds.
func verify(
  _ parts: [PBAuditBundlePart], known: PBTreeHead? = nil, extent: AuditVerifier.Extent = .complete,
  keys: AuditKeys = SampleLog.keys
) throws(AuditFault) -> AuditFindings {
  var verifier = AuditVerifier(keys: keys, known: known, extent: extent)
  for part in parts { try verifier.take(part) }
  return try verifier.finish()
}
