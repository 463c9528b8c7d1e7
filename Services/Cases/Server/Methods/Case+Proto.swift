import AIP
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension PBCase {
  /// The message of what is shown of a case.
  init(_ shown: ShownCase) {
    self.init()
    name = CaseName(shown.record.id).description
    if shown.showsCore { setCore(shown) }
    victimCount = shown.record.victimCount
    victims = shown.victims.map { PBVictim($0, of: shown.record.id) }
    if shown.showsCreation { createTime = Google_Protobuf_Timestamp(shown.record.createTime) }
    if shown.showsChanges {
      etag = Etag(revision: shown.record.revision).description
      updateTime = Google_Protobuf_Timestamp(shown.record.updateTime)
    }
    classification = PBClassification(shown.classification)
    caveats = shown.caveats.map { PBCaveat($0) }
    redactions = shown.redactions.map(PBRedaction.init)
  }

  private mutating func setCore(_ shown: ShownCase) {
    let record = shown.record
    displayNumber = record.displayNumber
    mission = MissionName(record.mission).description
    incidentDate = PBPartialDate(record.incidentDate)
    if let end = record.incidentEndDate { incidentEndDate = PBPartialDate(end) }
    act = PBActCategory(number: record.act)
    state = PBCase.State(number: record.state)
    hostStates = record.hostStates
    hostStatesReviewed = record.areHostStatesReviewed
    mergedInto = record.mergedInto.map { CaseName($0).description } ?? ""
    provenance.dataSet = record.dataSet
    if shown.showsChanges, let date = record.publicationDate { provenance.publicationDate = PBPartialDate(date) }
    provenance.sourceClassification = record.sourceClassification
  }
}

extension PBVictim {
  init(_ shown: ShownVictim, of caseID: RecordID) {
    self.init()
    let victim = shown.record
    name = VictimName(caseID: caseID, id: victim.id).description
    category = PBPersonnelCategory(number: victim.category)
    nationality.code = victim.nationality.code
    nationality.sourceName = victim.nationality.sourceName
    sex = PBSex(number: victim.sex)
    harm = PBHarm(number: victim.harm)
    casualtyID = victim.casualtyID
    if let type = victim.incidentType { incidentType = PBIncidentType(number: type) }
    if let date = victim.publicationDate { publicationDate = PBPartialDate(date) }
    describe(victim)
    if shown.showsChanges { etag = Etag(revision: victim.revision).description }
    redactions = shown.redactions.map(PBRedaction.init)
  }

  private mutating func describe(_ victim: Victim) {
    headCount = victim.headCount
    person = victim.person
    subcategory = victim.subcategory
    contributingState = victim.contributingState
    nationalities = victim.nationalities
    if let relation = victim.employer { employer = PBEmployerRelation(number: relation) }
    if let band = victim.ageBand { ageBand = PBAgeBand(number: band) }
    rank = victim.rank
    unit = victim.unit
    if let date = victim.harmDate { harmDate = PBPartialDate(date) }
    if let date = victim.deathDate { deathDate = PBPartialDate(date) }
    if let date = victim.releaseDate { releaseDate = PBPartialDate(date) }
    if let date = victim.returnDate { returnDate = PBPartialDate(date) }
    if let date = victim.kinNotifiedDate { kinNotifiedDate = PBPartialDate(date) }
    medicalNote = victim.medicalNote
  }
}
