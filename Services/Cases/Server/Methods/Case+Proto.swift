import AIP
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension PBCase {
  /// The message of a case; without victims for a basic view.
  init(_ record: Case, victims: [Victim] = []) {
    self.init()
    name = CaseName(record.id).description
    displayNumber = record.displayNumber
    mission = MissionName(record.mission).description
    incidentDate = PBPartialDate(record.incidentDate)
    if let end = record.incidentEndDate { incidentEndDate = PBPartialDate(end) }
    act = PBActCategory(number: record.act)
    state = PBCase.State(number: record.state)
    victimCount = record.victimCount
    self.victims = victims.map { PBVictim($0, of: record.id) }
    hostStates = record.hostStates
    hostStatesReviewed = record.areHostStatesReviewed
    etag = Etag(revision: record.revision).description
    createTime = Google_Protobuf_Timestamp(record.createTime)
    updateTime = Google_Protobuf_Timestamp(record.updateTime)
    provenance = PBProvenance(record)
  }
}

extension PBProvenance {
  init(_ record: Case) {
    self.init()
    dataSet = record.dataSet
    if let date = record.publicationDate { publicationDate = PBPartialDate(date) }
    sourceClassification = record.sourceClassification
  }
}

extension PBVictim {
  init(_ victim: Victim, of caseID: RecordID) {
    self.init()
    name = VictimName(caseID: caseID, id: victim.id).description
    category = PBPersonnelCategory(number: victim.category)
    nationality.code = victim.nationality.code
    nationality.sourceName = victim.nationality.sourceName
    sex = PBSex(number: victim.sex)
    harm = PBHarm(number: victim.harm)
    casualtyID = victim.casualtyID
    incidentType = PBIncidentType(number: victim.incidentType)
    if let date = victim.publicationDate { publicationDate = PBPartialDate(date) }
  }
}
