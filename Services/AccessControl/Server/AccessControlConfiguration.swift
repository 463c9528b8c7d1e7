/// The configuration of vigil-access that differs from other services'.
enum AccessControlConfiguration {
  static let defaults = [
    "grpc.listen": "127.0.0.1:9103",
    "admin.listen": "127.0.0.1:9193",
  ]
}
