import Authorization
import GRPCCore
import VigilCasesAPI

/// `vigil.cases.v1.ExerciseService`: registers for exercises. Its method is in a file of its own in `Methods`.
struct ExerciseService: PBExerciseService.SimpleServiceProtocol {
  let store: ExerciseStore
  let authorizer: Authorizer
  /// Whether the deployment is set up for exercises.
  let isEnabled: Bool
}
