import Policy

// Who issues certificates. It takes two, as to make a reader: an operator, who could make a key for anybody, and a case
// officer, who compares it with the holder.
extension Administration {
  /// Put a request for a certificate of any system on record.
  var mayRequestCertificates: Bool { mayEnrol }

  /// Issue a certificate that another has requested, to another.
  var mayIssueCertificates: Bool { holds([.headquarters]) }

  /// Revoke any certificate. Its holder may too.
  var mayRevokeCertificates: Bool { mayEnrol || mayIssueCertificates }
}
