/// What an item of evidence is.
enum EvidenceType: Int16, Vocabulary {
  case photograph = 1
  case video, audio, document, witnessStatement, forensicReport, medicalReport, weapon, physicalObject, digitalData
  case aerialImagery, sceneRecord
  case other

  static let prefix = "EVIDENCE_TYPE_"

  var name: String {
    switch self {
    case .photograph: "PHOTOGRAPH"
    case .video: "VIDEO"
    case .audio: "AUDIO"
    case .document: "DOCUMENT"
    case .witnessStatement: "WITNESS_STATEMENT"
    case .forensicReport: "FORENSIC_REPORT"
    case .medicalReport: "MEDICAL_REPORT"
    case .weapon: "WEAPON"
    case .physicalObject: "PHYSICAL_OBJECT"
    case .digitalData: "DIGITAL_DATA"
    case .aerialImagery: "AERIAL_IMAGERY"
    case .sceneRecord: "SCENE_RECORD"
    case .other: "OTHER"
    }
  }
}

/// Where an item of evidence is.
enum CustodyState: Int16, Vocabulary {
  case held = 1
  case inTransfer, disposed

  static let prefix = "CUSTODY_STATE_"

  var name: String {
    switch self {
    case .held: "HELD"
    case .inTransfer: "IN_TRANSFER"
    case .disposed: "DISPOSED"
    }
  }
}
