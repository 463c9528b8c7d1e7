import AIP
import GRPCCore
import Records
import VigilCasesAPI

/// `vigil.cases.v1.AssistanceService`: the register of assistance to host States. The methods of each resource are in a
/// file of their own in `Methods/Assistance`; what they do alike does ``AssistanceRegister``.
struct AssistanceService: PBAssistanceService.SimpleServiceProtocol {
  let register: AssistanceRegister
}
