/// What the API conventions (google.aip.dev) ask of every service, as plain values: resource names, page sizes and
/// sealed page tokens, filters and orders, field masks, etags, request ids, record ids, and errors with reasons.
///
/// Pure: no I/O, no clock of its own, no logging. It may import GRPCCore and GRPCProtobuf (for the shape of an error),
/// Crypto and FoundationEssentials (which Crypto's byte types need), and nothing of this package.
package enum AIP {
  /// `ErrorInfo.domain` of every error that a service of this system makes.
  package static let errorDomain = "vigil.un.org"
}
