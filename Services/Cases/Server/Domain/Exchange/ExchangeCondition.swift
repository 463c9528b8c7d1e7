/// What must be shown before a submission or a request for data takes a step.
enum ExchangeCondition: String, CaseIterable, StepCondition {
  case originator = "ORIGINATOR"
  case legalOfficer = "LEGAL_OFFICER"
  case secondPerson = "SECOND_PERSON"
  case caseNamed = "CASE_NAMED"
  case resultOnRecord = "RESULT_ON_RECORD"
  case answer = "ANSWER"
  case waiverNeeded = "WAIVER_NEEDED"
  case immunitySettled = "IMMUNITY_SETTLED"
  case riskAssessed = "RISK_ASSESSMENT"
  case deathPenaltyExcluded = "DEATH_PENALTY_ASSURANCE"
  case expiry = "EXPIRY"
  case recipient = "RECIPIENT"
  case packageMade = "PACKAGE_MADE"
  case documentFetched = "DOCUMENT_FETCHED"
  case timeRunOut = "TIME_RUN_OUT"

  var remedy: String {
    switch self {
    case .originator: "Have the party take it whose it is."
    case .legalOfficer: "Have a person of the Office of Legal Affairs take it."
    case .secondPerson: "Have another person approve it than asked for it and than reviewed it."
    case .caseNamed: "Say which case it is about."
    case .resultOnRecord: "Name the assertions or facts of the case that it led to."
    case .answer: "Say what the party is told."
    case .waiverNeeded: "Record that a waiver of immunity is needed and is not there."
    case .immunitySettled: "Record that immunity was waived, or that no waiver is needed."
    case .riskAssessed:
      "Record the risk assessment of the human rights due diligence policy that lets the data be shared."
    case .deathPenaltyExcluded: "Record the State's assurance on the death penalty, or that none is needed."
    case .expiry: "Say until when the document can be fetched, within a year."
    case .recipient: "Have somebody ask who takes part for a State that has to do with the case."
    case .packageMade: "Make the disclosure package."
    case .documentFetched: "Have the State fetch the document."
    case .timeRunOut: "Wait until its time runs out."
    }
  }
}
