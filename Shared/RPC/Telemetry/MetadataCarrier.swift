package import GRPCCore
import Tracing

/// Lets a tracer read and write trace context in gRPC metadata.
package struct MetadataCarrier: Extractor, Injector {
  package init() {}

  /// Header fields that come several times are one list (RFC 9110, section 5.3).
  package func extract(key: String, from carrier: Metadata) -> String? {
    var values = carrier[stringValues: key].makeIterator()
    guard var joined = values.next() else { return nil }
    while let value = values.next() { joined += ",\(value)" }
    return joined
  }

  package func inject(_ value: String, forKey key: String, into carrier: inout Metadata) {
    carrier.replaceOrAddString(value, forKey: key)
  }
}
