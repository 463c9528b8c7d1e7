import Foundation
import Testing

@testable import Tokens

/// What is read as a header or as claims.
@Suite struct FlatJSONTests {
  private func members(_ text: String) -> [String: FlatJSON.Value]? { FlatJSON.members(Array(text.utf8)) }

  @Test func textsNumbersAndListsAreRead() {
    #expect(members("{}") == [:])
    #expect(
      members(#" { "a" : "b\/c\"\\" , "n":0,"m":1234567890,"l":[],"r":["HQ" , "AUD"]} "#) == [
        "a": .text("b/c\"\\"), "n": .number(0), "m": .number(1_234_567_890), "l": .texts([]),
        "r": .texts(["HQ", "AUD"]),
      ])
  }

  @Test(arguments: [
    "", "{", "}", "[]", "1", #""a""#, "{}{}", "{} x", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,"a":1}"#,
    #"{"a":1 "b":2}"#,
    #"{a:1}"#, #"{'a':1}"#, #"{"a":1,"a":1}"#, #"{"a":null}"#, #"{"a":true}"#, #"{"a":{}}"#, #"{"a":[1]}"#,
    #"{"a":["b",]}"#, #"{"a":["b"}"#, #"{"a":-1}"#, #"{"a":1.5}"#, #"{"a":1e3}"#, #"{"a":01}"#,
    #"{"a":1234567890123456789}"#, #"{"a":"b}"#, #"{"a":"b\"}"#, #"{"a":"\n"}"#, #"{"a":"\u0041"}"#, #"{"a":"é"}"#,
    "{\"a\":\"\n\"}", "{\"a\":\"\0\"}", "{\"a\":\"\u{7F}\"}", "\u{FEFF}{}", "{\"a\":1}\0",
  ])
  func anythingElseIsNot(_ text: String) {
    #expect(members(text) == nil)
  }

  /// Whatever is read, a JSON parser of another make reads as the same.
  @Test func agreesWithFoundation() throws {
    var random = SystemRandomNumberGenerator()
    let pieces = ["{", "}", "[", "]", ":", ",", "\"", "\"a\"", "\"b\"", "1", "20", " ", "\\", "\\/", "x", "\"c\":1"]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      guard let found = members(text) else { continue }
      let other = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
      #expect(Set(found.keys) == Set(other.keys), "\(text)")
      for (name, value) in found {
        switch value {
        case .text(let text): #expect(other[name] as? String == text)
        case .number(let number): #expect((other[name] as? NSNumber)?.int64Value == number)
        case .texts(let texts): #expect(other[name] as? [String] == texts)
        }
      }
    }
  }

  @Test func rolesAreAListOrTheTokenIsNone() {
    let rest = #""iss":"i","aud":"a","sub":"s","sid":"t","iat":1,"nbf":1,"exp":2"#
    func roles(_ more: String) -> [String]?? { members("{\(rest)\(more)}").flatMap { AccessClaims($0) }.map(\.roles) }
    #expect(roles("") == .some(nil))
    #expect(roles(#","roles":[]"#) == .some([]))
    #expect(roles(#","roles":["HQ"]"#) == .some(["HQ"]))
    #expect(roles(#","roles":"HQ""#) == .none && roles(#","roles":7"#) == .none && roles(#","roles":null"#) == .none)
  }
}
