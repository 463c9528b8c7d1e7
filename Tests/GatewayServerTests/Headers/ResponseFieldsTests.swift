import HTTP2
import Testing

@testable import GatewayServer

@Suite("The fields of a response")
struct ResponseFieldsTests {
  @Test("go on without those between neighbours, and with the id of the request")
  func head() {
    let block = RequestHeadTests.block([
      (":status", "200"), ("connection", "x"), ("x-a", "1"), ("x-request-id", "theirs"), ("x-a", "2"),
    ])
    let head = ResponseFields.head(block, requestID: Array("ours".utf8)[...])
    #expect(head.names == [":status", "x-a", "x-a", "x-request-id"])
    #expect(head.values(of: "x-a") == ["1", "2"])
    #expect(head["x-request-id"] == "ours")
  }

  @Test("as they are when nothing must go")
  func untouched() {
    let block = RequestHeadTests.block([("grpc-status", "0"), ("grpc-message", "x")])
    #expect(ResponseFields.trailers(block) == block)
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
