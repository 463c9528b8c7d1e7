import NIOCore
import Testing

@testable import HTTP2

@Suite("Session: exchanges")
struct HTTP2SessionExchangeTests {
  @Test("a request with content is answered with content and trailers")
  func unary() throws {
    let pair = try SessionPair()
    let id = try pair.client.submitRequest(.request(), endStream: false)
    pair.client.write(ByteBuffer(string: "hello"), to: id, endStream: true)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["headers 1 /a/b", "data 1 5 end"])

    pair.server.submitResponse(.response(), to: id, endStream: false)
    pair.server.write(ByteBuffer(string: "world!"), to: id)
    pair.server.submitTrailers(.trailers(), to: id)
    try pair.exchange()
    #expect(
      pair.newClientEvents() == ["headers 1 200", "data 1 6", "trailers 1 0", "closed 1 finished"]
    )
    #expect(pair.newServerEvents() == ["closed 1 finished"])
    #expect(pair.server.openStreamCount == 0)
    #expect(pair.client.openStreamCount == 0)
  }

  @Test("headers alone can be a whole request and a whole response")
  func headersOnly() throws {
    let pair = try SessionPair()
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["headers 1 /a/b end"])
    pair.server.submitResponse(.response(), to: id, endStream: true)
    try pair.exchange()
    #expect(pair.newClientEvents() == ["headers 1 200 end", "closed 1 finished"])
  }

  @Test("content written in parts and later arrives in order, with the end alone")
  func streaming() throws {
    let pair = try SessionPair()
    let id = try pair.client.submitRequest(.request(), endStream: false)
    try pair.exchange()
    pair.client.write(ByteBuffer(string: "one"), to: id)
    pair.client.write(ByteBuffer(string: "two"), to: id)
    try pair.exchange()
    pair.client.write(ByteBuffer(), to: id, endStream: true)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["headers 1 /a/b", "data 1 6", "data 1 0 end"])
  }

  @Test("trailers after a pause follow without an empty frame")
  func lateTrailers() throws {
    let pair = try SessionPair()
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    pair.server.submitResponse(.response(), to: id, endStream: false)
    pair.server.write(ByteBuffer(string: "x"), to: id)
    try pair.exchange()
    pair.server.submitTrailers(.trailers(status: "5"), to: id)
    try pair.exchange()
    #expect(pair.newClientEvents() == ["headers 1 200", "data 1 1", "trailers 1 5", "closed 1 finished"])
  }
}
