import AIP
import GRPCCore
import Policy
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// A submission, a request for data of a case, or a package.
protocol ExchangeMessage: NamedMessage, Equatable {
  associatedtype Step: StepState
  static var recordKind: ExchangeRecord.Kind { get }
  /// What it is of, for the log.
  static var recordClasses: DataClassSet { get }

  /// As the reader sees it, for whom it is there.
  init(_ view: ExchangeView) throws

  /// As the reader sees them.
  var facets: ExchangeFacets { get }
}

extension ExchangeMessage {
  static func filter(_ text: String) throws(ServiceError) -> FilterTree<ExchangeCriterion> {
    do {
      return try ExchangeCriterion.schema(Step.self).parse(text)
    } catch {
      throw ServiceError(error)
    }
  }
}

extension ExchangeView {
  /// Where it stands, as a state of its kind.
  func state<State: StepState>(_ type: State.Type = State.self) throws(ServiceError) -> State {
    guard let state = State(rawValue: record.state) else {
      throw ServiceError(.internalError, .internalFault, "a record has a state that there is not")
    }
    return state
  }

  /// The name of the case, where the reader may see it.
  var caseName: String { caseID.map { CaseName($0).description } ?? "" }
}

extension StepState {
  /// Takes a step with what there is to show for it.
  ///
  /// - Parameter subject: what takes it, by name.
  /// - Throws: FAILED_PRECONDITION, which says what would be needed.
  func step(to state: Self, shown: Set<Condition>, of subject: some ResourceName) throws(ServiceError) {
    do {
      try check(stepTo: state, shown: shown)
    } catch {
      throw ServiceError(error, on: subject.description)
    }
  }
}

extension PBSubmission: NamedMessage {
  static let pattern = ResourceNamePattern("submissions/{submission}")
  static let type = "Submission"
}

extension PBSharingRequest: NamedMessage {
  static let pattern = ResourceNamePattern("sharingRequests/{sharing_request}")
  static let type = "SharingRequest"
}

extension PBDisclosurePackage: NamedMessage {
  static let pattern = ResourceNamePattern("disclosurePackages/{disclosure_package}")
  static let type = "DisclosurePackage"
}

extension PBCreateSubmissionRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateSubmissionRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBTransitionSubmissionRequest: ChangeRequest {}
extension PBGrantConsentRequest: ChangeRequest {}
extension PBWithdrawConsentRequest: ChangeRequest {}
extension PBCreateSharingRequestRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBRecordSafeguardsRequest: ChangeRequest {}
extension PBTransitionSharingRequestRequest: ChangeRequest {}
extension PBCreateDisclosurePackageRequest: ChangeRequest {}
extension PBRevokeDisclosurePackageRequest: ChangeRequest {}

extension PBGetSubmissionRequest: ExchangeGetRequest {}
extension PBGetSharingRequestRequest: ExchangeGetRequest {}
extension PBGetDisclosurePackageRequest: ExchangeGetRequest {}
extension PBListSubmissionsRequest: ExchangeListRequest {}
extension PBListSharingRequestsRequest: ExchangeListRequest {}
extension PBListDisclosurePackagesRequest: ExchangeListRequest {}
