/// A service that the gateway answers itself, for the system as a whole.
enum OwnService: String, CaseIterable {
  case health = "grpc.health.v1.Health"
  case reflection = "grpc.reflection.v1.ServerReflection"
  case reflectionAlpha = "grpc.reflection.v1alpha.ServerReflection"

  init?(_ name: some RandomAccessCollection<UInt8>) {
    // Spares all other calls the comparison.
    guard name.first == UInt8(ascii: "g") else { return nil }
    guard let service = Self.allCases.first(where: { name.elementsEqual($0.rawValue.utf8) }) else { return nil }
    self = service
  }
}
