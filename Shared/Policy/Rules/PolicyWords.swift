import AIP

/// The words of one line of a policy, read one after the other.
struct PolicyWords {
  let line: Int
  private var rest: ArraySlice<Substring>

  /// - Parameter text: the line; what follows a `#` is a remark.
  init(_ text: Substring, line: Int) {
    self.line = line
    let code = text.utf8.prefix { $0 != UInt8(ascii: "#") }
    // A snapshot has a line for each principal: bytes are split many times faster than characters.
    rest = code.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map { Substring($0) }[...]
  }

  var isEmpty: Bool { rest.isEmpty }

  func error(_ kind: PolicyTextError.Kind) -> PolicyTextError { PolicyTextError(kind, line: line) }

  mutating func next(_ what: String) throws(PolicyTextError) -> Substring {
    guard let word = rest.popFirst() else { throw error(.missing(what)) }
    return word
  }

  /// Takes the word if it is the next.
  mutating func take(_ word: String) -> Bool {
    guard rest.first.map({ $0 == word }) ?? false else { return false }
    rest.removeFirst()
    return true
  }

  mutating func expect(_ word: String) throws(PolicyTextError) {
    let found = try next(word)
    guard found == word else { throw error(.unexpectedWord(String(found))) }
  }

  mutating func end() throws(PolicyTextError) {
    if let word = rest.first { throw error(.unexpectedWord(String(word))) }
  }

  mutating func number(_ what: String) throws(PolicyTextError) -> Int {
    try value(what) { word in word.utf8.count <= 9 ? Int(word).flatMap { $0 >= 0 ? $0 : nil } : nil }
  }

  /// The next word as a value.
  mutating func value<Value>(_ what: String, _ read: (Substring) -> Value?) throws(PolicyTextError) -> Value {
    let word = try next(what)
    guard let value = read(word) else { throw error(.unexpectedWord(String(word))) }
    return value
  }

  /// Takes the next word if it is an identifier.
  mutating func takeID() -> RecordID? {
    guard let id = rest.first.flatMap({ RecordID($0) }) else { return nil }
    rest.removeFirst()
    return id
  }

  mutating func code<Code: PolicyCode>(_ type: Code.Type = Code.self) throws(PolicyTextError) -> Code {
    try value("\(type)") { Code(code: $0) }
  }

  /// All the codes that follow.
  mutating func codes<Code: PolicyCode>(_ type: Code.Type = Code.self) -> CodeSet<Code> {
    var codes: CodeSet<Code> = []
    while let code = rest.first.flatMap({ Code(code: $0) }) {
      codes.insert(code)
      rest.removeFirst()
    }
    return codes
  }

  /// All the caps that follow.
  mutating func caps() -> [Cap] {
    var caps: [Cap] = []
    while let cap = rest.first.flatMap({ Cap($0) }) {
      caps.append(cap)
      rest.removeFirst()
    }
    return caps
  }
}
