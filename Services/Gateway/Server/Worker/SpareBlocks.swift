import HTTP2

/// Header blocks that calls are done with, whose memory the next ones use. Bounded in number and size.
struct SpareBlocks {
  private static let count = 256
  private static let fields = 64
  private static let size = 4096

  private var blocks: [HeaderBlock] = []

  /// An empty block, with memory if there is any to spare.
  mutating func take() -> HeaderBlock {
    blocks.popLast() ?? HeaderBlock(reservingFields: 20, bytes: 640)
  }

  mutating func give(_ block: consuming HeaderBlock) {
    guard blocks.count < Self.count, block.count <= Self.fields, block.listSize <= Self.size else { return }
    block.removeAll()
    blocks.append(block)
  }
}
