/// Why a text is not a policy.
package struct PolicyTextError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The line begins with no known statement.
    case unknownStatement
    /// The word is none of those that may stand there.
    case unexpectedWord(String)
    /// The line ends too early, before one of these.
    case missing(String)
    /// The thing is said twice.
    case repeated(String)
    /// The text ends without saying this.
    case incomplete(String)
    /// A row of the matrix has not one cell for each column.
    case wrongNumberOfCells(Int)
    /// An operator could act in another quality too, or use emergency access (5h, invariant 17).
    case operatorIsNotAlone
    /// A cell would show an operator something (5h, invariant 17).
    case operatorMayOnlyVerify(DataClass)
    /// The cell waits for the next of kin, the embargo exempts its reader.
    case contradictsEmbargo(DataClass, ReaderClass)
    /// Being implicated would make a reader.
    case implicationGivesNoRight(ReaderClass)
    /// The role bars its holder from others, so it cannot be handed to somebody who has others.
    case exclusiveIsDelegable(ReaderSet)
    /// What a reader without a right gets is neither a redaction nor nothing.
    case deniedShows(DataClass)
  }

  package var kind: Kind
  /// From 1; 0 where the whole is meant.
  package var line: Int

  package init(_ kind: Kind, line: Int) {
    self.kind = kind
    self.line = line
  }
}

extension PolicyTextError: CustomStringConvertible {
  package var description: String { "line \(line): \(kind)" }
}
