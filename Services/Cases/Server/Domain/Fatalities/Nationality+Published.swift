extension Nationality {
  /// The nationality of a row: the published code, or for the names of which the publisher lost it the code that
  /// belongs to the name. A blank or undetermined one has none.
  ///
  /// Throws when the code is not three capital letters or is not the code of a name whose code is known.
  init(published name: String, code: String) throws(FatalityRefusal) {
    guard name.utf8.count <= 128 else {
      throw FatalityRefusal(.invalidNationality, .nationality, "is longer than 128 bytes")
    }
    guard code.isEmpty || (code.utf8.count == 3 && code.utf8.allSatisfy(Self.isCapital)) else {
      throw FatalityRefusal(.invalidNationality, .isoCode, "is not three capital letters")
    }
    let known = Self.codes[name]
    guard code.isEmpty || known == nil || known == code else {
      throw FatalityRefusal(.invalidNationality, .isoCode, "is not the code of that nationality")
    }
    self.init(code: known ?? code, sourceName: name)
  }

  /// The codes of names that the publications have without one.
  private static let codes = [
    "Côte dIvoire": "CIV",
    "Côte d'Ivoire": "CIV",
    "Côte d’Ivoire": "CIV",
    "Turkey": "TUR",
    "Türkiye": "TUR",
    "Viet Nam": "VNM",
  ]

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
