/// The header block that is being received. A connection has one at a time: nothing may come between a
/// HEADERS frame and its CONTINUATIONs (RFC 9113 section 4.3).
struct InboundHeaders {
  private(set) var block = HeaderBlock()
  /// The size of the whole list when it is over the limit, as far as it has arrived; else 0.
  private(set) var oversize = 0

  var isOversized: Bool { self.oversize > 0 }

  /// - Parameter memory: An empty block to receive into.
  mutating func begin(memory: consuming HeaderBlock) {
    self.block = memory
    self.oversize = 0
  }

  /// Adds a field, or only counts it when that makes the list larger than `limit`: a short compressed
  /// block may stand for a very long list.
  mutating func append(
    _ name: UnsafeBufferPointer<UInt8>,
    _ value: UnsafeBufferPointer<UInt8>,
    sensitive: Bool,
    limit: Int
  ) {
    let size = max(self.oversize, self.block.listSize) + name.count + value.count + 32
    if size > limit || self.isOversized {
      self.oversize = size
    } else {
      unsafe self.block.append(nameBytes: name, valueBytes: value, sensitive: sensitive)
    }
  }

  /// Gives the block away.
  mutating func take() -> HeaderBlock {
    var block = HeaderBlock()
    swap(&block, &self.block)
    return block
  }
}
