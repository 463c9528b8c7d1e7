/// How much is shown of each data class at a step of a decision, by standing.
package struct Exposed: Hashable, Sendable {
  let exposures: Exposures

  init(_ exposures: Exposures) { self.exposures = exposures }

  package func transform(_ dataClass: DataClass, _ standing: Standing) -> Transform {
    exposures[standing].transform(dataClass)
  }
}
