import VigilCasesAPI

extension PBListAssistanceRequestsRequest: PageRequest {}
extension PBListAssistanceDeliveriesRequest: PageRequest {}
extension PBListVoluntaryContributionsRequest: PageRequest {}
extension PBListHostMeasuresRequest: PageRequest {}
extension PBListPreventionMeasuresRequest: PageRequest {}
extension PBListInvestigatorDeploymentsRequest: PageRequest {}

extension PBCreateAssistanceRequestRequest: RehearsableMessage {}
extension PBCreateAssistanceDeliveryRequest: RehearsableMessage {}
extension PBCreateVoluntaryContributionRequest: RehearsableMessage {}
extension PBCreateHostMeasureRequest: RehearsableMessage {}
extension PBCreatePreventionMeasureRequest: RehearsableMessage {}
extension PBCreateInvestigatorDeploymentRequest: RehearsableMessage {}
extension PBUpdateAssistanceRequestRequest: RehearsableMessage {}
extension PBUpdateAssistanceDeliveryRequest: RehearsableMessage {}
extension PBUpdateVoluntaryContributionRequest: RehearsableMessage {}
extension PBTransitionAssistanceRequestRequest: ChangeMessage {}
