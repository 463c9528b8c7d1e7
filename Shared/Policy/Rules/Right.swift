/// What a cell of the matrix gives (5d, legend).
package enum Right: UInt8, PolicyCode {
  /// Read, and write with effect.
  case write
  /// Read, and propose changes ("W prop.").
  case propose
  /// Read.
  case read
  /// Read a summary: the transform that the class's rule names.
  case summary
  /// Read while a grant holds.
  case grant
  /// Contribute records, and read one's own.
  case own
  /// Verify hashes and proofs, without the content.
  case verify

  package var code: String {
    switch self {
    case .write: "W"
    case .propose: "P"
    case .read: "R"
    case .summary: "S"
    case .grant: "G"
    case .own: "O"
    case .verify: "V"
    }
  }
}
