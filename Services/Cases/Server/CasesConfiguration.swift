import ServiceRuntime

/// The configuration of vigil-cases that differs from other services'.
enum CasesConfiguration {
  static let exercise = Setting<Bool>(
    "exercise.enabled",
    default: false,
    """
    Whether the deployment is one for exercises: an empty register may be filled with fictional cases, and nothing real \
    goes into it afterwards.
    """
  )

  static let defaults = [
    "grpc.listen": "127.0.0.1:9101",
    "admin.listen": "127.0.0.1:9191",
  ]
}
