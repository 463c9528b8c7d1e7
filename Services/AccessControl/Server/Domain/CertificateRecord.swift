import AIP
import Identity
import Policy

/// A certificate of a system as it is on record: requested, issued by another or renewed by its holder, revoked.
struct CertificateRecord: Hashable, Sendable {
  /// Where it stands, by the contract's numbers.
  enum State: Int16, CaseIterable, Sendable {
    case requested = 1
    case issued, revoked
  }

  var serial: SerialNumber
  /// Nil for one that this service did not issue: it is on record because it was revoked.
  var principal: RecordID?
  var state: State = .requested
  /// SHA-256 of the subject public key info.
  var keyDigest: [UInt8]
  /// As it came, in PEM.
  var signingRequest: String
  /// The certificate, then the authority's, in PEM; empty before it is issued.
  var chain = ""
  /// Before all time while it is not issued.
  var period = Period(from: PolicyTime.distantPast, until: .distantPast)
  /// The end of all time while nobody has revoked it.
  var revokeTime: PolicyTime = .distantFuture
  var requester: RecordID?
  /// Another, who has compared the key; nil for one that its holder has renewed.
  var issuer: RecordID?
  /// The one by which its holder renewed it.
  var predecessor: SerialNumber?
  var revision: Int64 = 1
  var createTime: PolicyTime

  var isIssued: Bool { period.from != .distantPast }

  mutating func issue(_ issued: IssuedCertificate, by issuer: RecordID?) {
    state = .issued
    chain = issued.chain
    period = issued.period
    self.issuer = issuer
  }
}

/// What an authority gives.
struct IssuedCertificate: Hashable, Sendable {
  var chain: String
  var period: Period<PolicyTime>
}

extension CertificateRecord.State {
  /// The name in filters, as in the contract.
  var code: String {
    switch self {
    case .requested: "STATE_REQUESTED"
    case .issued: "STATE_ISSUED"
    case .revoked: "STATE_REVOKED"
    }
  }
}

extension SerialNumber {
  /// That of a certificate to be: nobody else gives the same, and nobody can foresee it.
  init?(_ id: RecordID) { self.init("\(id)".filter { $0 != "-" }) }

  /// As the octets of a certificate have it.
  var octets: [UInt8] {
    let digits = description.count.isMultiple(of: 2) ? description : "0" + description
    return stride(from: 0, to: digits.count, by: 2).compactMap { offset in
      let start = digits.index(digits.startIndex, offsetBy: offset)
      return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)
    }
  }
}

/// `certificates/{certificate}`, by its serial number.
struct CertificateName: ResourceName {
  static let pattern = ResourceNamePattern("certificates/{certificate}")
  let serial: SerialNumber

  init(_ serial: SerialNumber) { self.serial = serial }

  init?(ids: [Substring]) {
    // One certificate, one name.
    guard let serial = SerialNumber(ids[0]), serial.description == ids[0] else { return nil }
    self.serial = serial
  }

  var description: String { "certificates/\(serial)" }
}
