import ArgumentParser
import VigilCasesAPI
import VigilTypeAPI

/// What is said of a victim.
struct VictimOptions: ParsableArguments {
  @Option(help: "MIL_CONTINGENT, MIL_OBSERVER, POL_IPO, CIV_INTL, CIV_NATIONAL, ….")
  var category: String = ""
  @Option(help: "KILLED, DIED_LATER, INJURED_SERIOUS, ABDUCTED, DETAINED, MISSING, ….")
  var harm: String = ""
  @Option(help: ArgumentHelp("State of nationality: KEN; as often as there are any.", valueName: "code"))
  var nationality: [String] = []
  @Option(help: ArgumentHelp("State that contributed the person.", valueName: "code"))
  var contributor: String = ""
  @Option(help: "CONTINGENT, SECONDED, UN_STAFF, UN_CONTRACT, CONTRACTOR, HOST_STATE or OTHER.")
  var employer: String = ""
  @Option(help: "FEMALE or MALE.")
  var sex: String = ""
  @Option(help: "MINOR, YOUNG_ADULT, ADULT, MIDDLE_AGED or OLDER.")
  var age: String = ""
  @Option(help: ArgumentHelp("How many persons, of a group.", valueName: "number"))
  var count: Int32?
  @Option(help: ArgumentHelp("Who it is: name or reference.", valueName: "text"))
  var person: String = ""
  @Option(help: ArgumentHelp("Identifier of the casualty.", valueName: "text"))
  var casualtyID: String = ""
  @Option(help: ArgumentHelp("The service in more detail.", valueName: "text"))
  var subcategory: String = ""
  @Option(help: ArgumentHelp("Rank.", valueName: "text"))
  var rank: String = ""
  @Option(help: ArgumentHelp("Unit.", valueName: "text"))
  var unit: String = ""
  @Option(help: ArgumentHelp("When the harm was done.", valueName: "date"))
  var harmed: String = ""
  @Option(help: ArgumentHelp("When the person died.", valueName: "date"))
  var died: String = ""
  @Option(help: ArgumentHelp("When the person was free or found.", valueName: "date"))
  var released: String = ""
  @Option(help: ArgumentHelp("When the person, or the body, was brought home.", valueName: "date"))
  var returned: String = ""
  @Option(help: ArgumentHelp("When the next of kin were confirmed to have been told.", valueName: "date"))
  var kinNotified: String = ""
  @Option(help: ArgumentHelp("Medical and autopsy findings.", valueName: "text"))
  var medicalNote: String = ""

  func message() throws(CommandFailure) -> PBVictim {
    var victim = PBVictim()
    if !category.isEmpty { victim.category = try word(category, option: "category") }
    if !harm.isEmpty { victim.harm = try word(harm, option: "harm") }
    if !employer.isEmpty { victim.employer = try word(employer, option: "employer") }
    if !sex.isEmpty { victim.sex = try word(sex, option: "sex") }
    if !age.isEmpty { victim.ageBand = try word(age, option: "age") }
    victim.nationalities = nationality
    victim.contributingState = contributor
    victim.headCount = count ?? 0
    victim.person = person
    victim.casualtyID = casualtyID
    victim.subcategory = subcategory
    victim.rank = rank
    victim.unit = unit
    victim.medicalNote = medicalNote
    if !harmed.isEmpty { victim.harmDate = try partialDate(harmed, option: "harmed") }
    if !died.isEmpty { victim.deathDate = try partialDate(died, option: "died") }
    if !released.isEmpty { victim.releaseDate = try partialDate(released, option: "released") }
    if !returned.isEmpty { victim.returnDate = try partialDate(returned, option: "returned") }
    if !kinNotified.isEmpty { victim.kinNotifiedDate = try partialDate(kinNotified, option: "kin-notified") }
    return victim
  }

  /// The contract's names of what is given.
  var paths: [String] {
    let given: [(path: String, isGiven: Bool)] = [
      ("category", !category.isEmpty), ("harm", !harm.isEmpty), ("nationalities", !nationality.isEmpty),
      ("contributing_state", !contributor.isEmpty), ("employer", !employer.isEmpty), ("sex", !sex.isEmpty),
      ("age_band", !age.isEmpty), ("head_count", count != nil), ("person", !person.isEmpty),
      ("casualty_id", !casualtyID.isEmpty), ("subcategory", !subcategory.isEmpty), ("rank", !rank.isEmpty),
      ("unit", !unit.isEmpty), ("harm_date", !harmed.isEmpty), ("death_date", !died.isEmpty),
      ("release_date", !released.isEmpty), ("return_date", !returned.isEmpty),
      ("kin_notified_date", !kinNotified.isEmpty), ("medical_note", !medicalNote.isEmpty),
    ]
    return given.filter(\.isGiven).map(\.path)
  }
}
