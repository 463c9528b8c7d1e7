/// The configuration of vigil-reporting that differs from other services'; it has no settings of its own yet.
enum ReportingConfiguration {
  static let defaults = [
    "grpc.listen": "127.0.0.1:9104",
    "admin.listen": "127.0.0.1:9194",
  ]
}
