import Testing

@testable import CasesServer

@Suite("JSON made canonical")
struct JSONTreeTests {
  static let table: [(String, String?)] = [
    ("{}", "{}"), ("[]", "[]"), (" [ 1 , 2 ] ", "[1,2]"),
    (#"{"b": 1, "a": {"d": [true, null], "c": "x y"}}"#, #"{"a":{"c":"x y","d":[true,null]},"b":1}"#),
    // Keys by their bytes: upper case first. What is in a string stays.
    (#"{"b":1,"B":-2.5e3,"aa":"{\"z\": [ ]}"}"#, #"{"B":-2.5e3,"aa":"{\"z\": [ ]}","b":1}"#),
    (#"{"ключ":"значение","a":"\\"}"#, #"{"a":"\\","ключ":"значение"}"#),
    ("", nil), ("{", nil), ("[1", nil), ("[1}", nil), (#"{"a"}"#, nil), (#"{"a":}"#, nil), (#""a"#, nil),
    (#""a\"#, nil), ("{1:2}", nil), ("[] []", nil), ("[1,]", nil), (String(repeating: "[", count: 200), nil),
  ]

  @Test("by the order of keys and nothing between tokens; what does not nest is refused", arguments: table)
  func canonical(_ text: String, _ expected: String?) {
    let found = JSONTree(Array(text.utf8)).map { String(decoding: $0.canonical, as: UTF8.self) }
    #expect(found == expected)
    if let found { #expect(JSONTree(Array(found.utf8))?.canonical == Array(found.utf8)) }
  }

  @Test("strings are replaced where they are values, and keys are not")
  func strings() throws {
    let tree = try #require(JSONTree(Array(#"{"a":["a",1,{"a":"b"}],"c":"a\n"}"#.utf8)))
    let mapped = tree.mapStrings { "<\($0)>" }.canonical
    #expect(String(decoding: mapped, as: UTF8.self) == #"{"a":["<a>",1,{"a":"<b>"}],"c":"a\n"}"#)
  }
}
