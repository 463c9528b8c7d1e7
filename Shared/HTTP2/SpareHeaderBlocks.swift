/// Header blocks that their users are done with, whose memory the next ones use. Bounded in number and
/// size. A block that somebody still holds keeps its fields: it is a value.
package struct SpareHeaderBlocks {
  private static let fields = 64
  private static let size = 4096

  private let limit: Int
  private var blocks: [HeaderBlock] = []

  /// - Parameter limit: Blocks kept at most.
  package init(limit: Int) {
    self.limit = limit
  }

  package var count: Int { self.blocks.count }

  /// An empty block, with memory if there is any to spare.
  package mutating func take() -> HeaderBlock {
    self.blocks.popLast() ?? HeaderBlock(reservingFields: 20, bytes: 640)
  }

  package mutating func give(_ block: consuming HeaderBlock) {
    guard self.blocks.count < self.limit, block.count <= Self.fields, block.listSize <= Self.size else { return }
    block.removeAll()
    self.blocks.append(block)
  }
}
