import AIP

/// One person harmed in a case, or several of whom little is known one by one.
struct Victim: Hashable, Sendable {
  var id: RecordID
  var category: PersonnelCategory
  var nationality: Nationality
  var sex: Sex
  var harm: Harm
  var casualtyID: String
  /// Nil of one whom a person entered.
  var incidentType: IncidentType?
  var publicationDate: PartialDate?
  /// Whether a publication names it.
  var isPublished = true
  var headCount: Int32 = 1
  var person = ""
  var subcategory = ""
  /// ISO 3166-1 alpha-3; empty for the nationality.
  var contributingState = ""
  /// Codes, the first that of ``nationality``; empty of one of whom only that is known.
  var nationalities: [String] = []
  var employer: EmployerRelation?
  var ageBand: AgeBand?
  var rank = ""
  var unit = ""
  var harmDate: PartialDate?
  var deathDate: PartialDate?
  var releaseDate: PartialDate?
  var returnDate: PartialDate?
  var kinNotifiedDate: PartialDate?
  var medicalNote = ""
  var revision: Int64 = 1
}

/// How somebody came to serve in a mission.
enum EmployerRelation: Int16, Vocabulary {
  case contingent = 1
  case seconded, staff, contract, contractor, hostState, other

  static let prefix = "EMPLOYER_RELATION_"

  var name: String {
    switch self {
    case .contingent: "CONTINGENT"
    case .seconded: "SECONDED"
    case .staff: "UN_STAFF"
    case .contract: "UN_CONTRACT"
    case .contractor: "CONTRACTOR"
    case .hostState: "HOST_STATE"
    case .other: "OTHER"
    }
  }
}

/// Age of a person, as coarse as figures need it.
enum AgeBand: Int16, Vocabulary {
  case minor = 1
  case youngAdult, adult, middleAged, older

  static let prefix = "AGE_BAND_"

  var name: String {
    switch self {
    case .minor: "MINOR"
    case .youngAdult: "YOUNG_ADULT"
    case .adult: "ADULT"
    case .middleAged: "MIDDLE_AGED"
    case .older: "OLDER"
    }
  }
}
