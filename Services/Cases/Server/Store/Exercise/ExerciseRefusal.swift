import AIP
import GRPCCore
import GRPCProtobuf

/// Why exercise data and real data are kept apart.
enum ExerciseRefusal {
  /// FAILED_PRECONDITION: there are cases on record.
  static let registerInUse = refusal(
    "EMPTY_REGISTER", "the register has cases", "Take a deployment whose register has none.")

  /// FAILED_PRECONDITION: the deployment is not one for exercises.
  static let realDeployment = refusal(
    "EXERCISE_DEPLOYMENT", "this deployment is not one for exercises",
    "Set one up for exercises, apart from the register: exercise.enabled.")

  /// FAILED_PRECONDITION: nothing real goes into a register of exercise data.
  static let exerciseRegister = refusal(
    "REAL_REGISTER", "the register holds exercise data", "Import what is published into a register of its own.")

  private static func refusal(_ condition: String, _ message: String, _ remedy: String) -> ServiceError {
    ServiceError(
      .failedPrecondition, .conditionsNotMet, message, metadata: ["conditions": condition],
      details: [.preconditionFailure(violations: [.init(type: condition, subject: "register", description: remedy)])])
  }
}
