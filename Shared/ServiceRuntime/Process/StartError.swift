/// Why a process cannot start or go on, in one line for whoever runs it.
package struct StartError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
