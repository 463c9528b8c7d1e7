/// A condition of a `WHERE`, with the values of its parameters in the order of their numbers.
package struct SQLCondition: Hashable, Sendable {
  package let text: String
  package let parameters: [SQLParameter]
}
