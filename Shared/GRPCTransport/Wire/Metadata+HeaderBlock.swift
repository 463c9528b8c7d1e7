package import GRPCCore
package import HTTP2

extension Metadata {
  /// The application's metadata of a header section: all fields that are not reserved. Values of
  /// `-bin` fields are decoded; several joined by commas become several values.
  ///
  /// - Throws: `RPCError` with code `.internalError` if a `-bin` value is not Base64.
  package init(_ block: HeaderBlock) throws(RPCError) {
    self.init()
    for index in block.indices where !ReservedMetadata.isReserved(block.nameBytes(at: index)) {
      let key = block.name(at: index)
      guard block.nameBytes(at: index).isBinaryKey else {
        self.addString(block.value(at: index), forKey: key)
        continue
      }
      for part in block.valueBytes(at: index).split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        guard let bytes = Base64.decode(part.trimmingSpaces) else {
          throw RPCError(code: .internalError, message: "The value of metadata key '\(key)' is not valid Base64.")
        }
        self.addBinary(bytes, forKey: key)
      }
    }
  }
}

extension HeaderBlock {
  /// Appends the application's metadata. Keys become lower case. What HTTP/2 cannot carry or what
  /// is not the application's to say (reserved and pseudo-header fields, keys and values with bytes
  /// that are not allowed, text under a `-bin` key that is not Base64) is left out: it would have
  /// the peer reset the stream.
  package mutating func append(_ metadata: Metadata) {
    for (key, value) in metadata {
      let name = key.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
      guard name[...].isMetadataKey, !ReservedMetadata.isReserved(name[...]) else { continue }
      switch value {
      case .binary(let bytes):
        self.append(nameBytes: name, valueBytes: Base64.encode(bytes))
      case .string(let text):
        let bytes = Array(text.utf8)[...].trimmingSpaces
        guard bytes.allSatisfy({ (0x20...0x7e).contains($0) }), !name[...].isBinaryKey || bytes.isBinaryValue else {
          continue
        }
        self.append(nameBytes: name, valueBytes: bytes)
      }
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var isBinaryKey: Bool {
    self.count > 4 && self.suffix(4).equals("-bin")
  }

  /// Whether this is Base64, or several of it with commas between.
  fileprivate var isBinaryValue: Bool {
    self.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy {
      Base64.decode($0.trimmingSpaces) != nil
    }
  }

  /// gRPC allows lower-case letters, digits, `_`, `-` and `.`.
  fileprivate var isMetadataKey: Bool {
    !self.isEmpty
      && self.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
      }
  }

  fileprivate var trimmingSpaces: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first == 0x20 || first == 0x09 { slice = slice.dropFirst() }
    while let last = slice.last, last == 0x20 || last == 0x09 { slice = slice.dropLast() }
    return slice
  }
}
