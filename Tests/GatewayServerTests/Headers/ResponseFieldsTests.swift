import HTTP2
import Testing

@testable import GatewayServer

@Suite("The fields of a response")
struct ResponseFieldsTests {
  @Test("go on without those between neighbours")
  func head() {
    let block = RequestHeadTests.block([
      (":status", "200"), ("connection", "x"), ("x-a", "1"), ("x-request-id", "id"), ("x-a", "2"), ("trailer", "x"),
    ])
    let head = ResponseFields.forwarded(block)
    #expect(head.names == [":status", "x-a", "x-request-id", "x-a"])
    #expect(head.values(of: "x-a") == ["1", "2"])
  }

  @Test("as they are when nothing must go")
  func untouched() {
    let block = RequestHeadTests.block([("grpc-status", "0"), ("grpc-message", "x")])
    #expect(ResponseFields.forwarded(block) == block)
  }

  @Test(
    "hold the status",
    arguments: [
      ("0", 0), ("16", 16), ("999", 999), ("", nil), ("1000", nil), ("x", nil), ("-1", nil),
    ] as [(String, Int?)])
  func status(text: String, code: Int?) {
    #expect(ResponseFields.status(RequestHeadTests.block([("grpc-status", text)])) == code)
  }
}
