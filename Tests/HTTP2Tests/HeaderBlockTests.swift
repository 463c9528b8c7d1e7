import Testing

@testable import HTTP2

@Suite("HeaderBlock")
struct HeaderBlockTests {
  @Test("fields keep their order, and every form of appending says the same")
  func append() {
    var block = HeaderBlock()
    block.append("a", "1")
    block.append("b", String("2"))
    block.append("c", bytes: Array("3".utf8))
    block.append(name: "d", value: "4")
    block.append(nameBytes: Array("e".utf8), valueBytes: Array("5".utf8))
    block.append("f", decimal: 60)
    #expect(block.indices.map { block.name(at: $0) } == ["a", "b", "c", "d", "e", "f"])
    #expect(block.indices.map { block.value(at: $0) } == ["1", "2", "3", "4", "5", "60"])
    #expect(block.count == 6)
    #expect(block.listSize == 6 + 7 + 6 * 32)
  }

  @Test("numbers are written in decimal", arguments: [0, 7, 10, 99, 100, 200, 12_345, Int.max])
  func decimal(_ number: Int) {
    var block = HeaderBlock()
    block.append("n", decimal: number)
    #expect(block["n"] == String(number))
  }

  @Test("look-up finds the first field of exactly this name")
  func lookup() {
    var block = HeaderBlock()
    block.append("grpc-status-details-bin", "x")
    block.append("grpc-status", "1")
    block.append("grpc-status", "2")
    #expect(block["grpc-status"] == "1")
    #expect(block.values(of: "grpc-status") == ["1", "2"])
    #expect(block.firstIndex(of: "grpc-status") == 1)
    #expect(block.bytes(of: "grpc-message") == nil)
    #expect(block["grpc-statu"] == nil)
  }

  @Test("fields are copied between blocks with their sensitivity")
  func copy() {
    var source = HeaderBlock()
    source.append("authorization", "secret", sensitive: true)
    source.append("plain", "")
    var target = HeaderBlock()
    for index in source.indices { target.append(fieldAt: index, of: source) }
    #expect(target == source)
    #expect(target.isSensitive(at: 0))
    #expect(!target.isSensitive(at: 1))
  }

  @Test("removing keeps the others")
  func remove() {
    var block = HeaderBlock()
    block.append("a", "1")
    block.append("b", "2")
    block.append("a", "3")
    block.removeAll(named: "a")
    #expect(block.count == 1)
    #expect(block["b"] == "2")
    block.removeAll()
    #expect(block.isEmpty)
    #expect(block.listSize == 0)
  }

  @Test("pseudo-header fields are told by their colon")
  func pseudo() {
    var block = HeaderBlock()
    block.append(":path", "/")
    block.append("path", "/")
    #expect(block.isPseudoHeader(at: 0))
    #expect(!block.isPseudoHeader(at: 1))
  }

  @Test("a description shows names only")
  func description() {
    var block = HeaderBlock()
    block.append("authorization", "secret")
    #expect(String(describing: block) == "[authorization]")
  }

  @Test("blocks with the same fields are equal whatever was removed before")
  func equality() {
    var left = HeaderBlock()
    left.append("a", "1")
    var right = HeaderBlock()
    right.append("b", "2")
    right.append("a", "1")
    #expect(left != right)
    right.removeAll(named: "b")
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
  }
}
