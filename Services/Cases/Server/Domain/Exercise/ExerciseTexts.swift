/// What is written in the records of exercises, in the six languages. Every text begins with the mark.
enum ExerciseTexts {
  /// What a fact, a note or a letter says; `@` stands for a place.
  static let sentences: [[String]] = [
    [
      "The convoy was ambushed near @ and two vehicles were destroyed.",
      "The host authorities opened an investigation into the attack at @.",
      "Witnesses described armed men who fled from @ towards the border.",
      "The patrol came under mortar fire while it escorted civilians to @.",
      "The Ministry of Justice acknowledged receipt of the note verbale concerning @.",
      "An improvised explosive device detonated beside the checkpoint of @.",
    ],
    [
      "Le convoi est tombé dans une embuscade près de @ et deux véhicules ont été détruits.",
      "Les autorités du pays hôte ont ouvert une enquête sur l'attaque de @.",
      "Le procureur a inculpé trois suspects arrêtés à @.",
      "La patrouille a essuyé des tirs de mortier sur la route de @.",
      "Le Ministère de la justice accuse réception de la note verbale relative à @.",
    ],
    [
      "El convoy fue emboscado cerca de @ y dos vehículos quedaron destruidos.",
      "Las autoridades del Estado anfitrión abrieron una investigación sobre el ataque en @.",
      "El fiscal acusó a tres sospechosos detenidos en @.",
      "La patrulla fue atacada con morteros en el camino de @.",
      "El tribunal dictó sentencia por el asesinato de un soldado en @.",
    ],
    [
      "Колонна попала в засаду близ населённого пункта @, две машины уничтожены.",
      "Власти принимающего государства начали расследование нападения в районе @.",
      "Прокурор предъявил обвинения трём подозреваемым, задержанным в @.",
      "Патруль подвергся миномётному обстрелу по дороге в @.",
      "Суд вынес приговор по делу об убийстве миротворца в @.",
    ],
    [
      "تعرضت القافلة لكمين بالقرب من @ ودُمرت مركبتان.",
      "فتحت سلطات الدولة المضيفة تحقيقا في الهجوم الذي وقع في @.",
      "وجه المدعي العام الاتهام إلى ثلاثة مشتبه فيهم قبض عليهم في @.",
      "أصدرت المحكمة حكمها في قضية قتل جندي من حفظة السلام في @.",
    ],
    [
      "车队在@附近遭到伏击，两辆车被毁。",
      "东道国当局对@的袭击事件展开调查。",
      "检察官对在@被捕的三名嫌疑人提出指控。",
      "法院就杀害维持和平人员一案在@作出判决。",
    ],
  ]

  static let places = [
    "Avenmoor", "Brackwade", "Corliss", "Dunmarrow", "Elverby", "Fenwick Cross", "Garrowhill", "Hollowmere",
    "Inchvale", "Jarrowby", "Kestrelford", "Larkendale", "Marrowick", "Netherby", "Ormscott", "Pellinor", "Quarrelton",
    "Ravenscar", "Saltmarsh", "Thornley", "Umberleigh", "Vexford", "Wyndham Bridge", "Yarrowdale",
  ]
  static let authorities = [
    "High Court", "Military Tribunal", "Tribunal de grande instance", "Juzgado de lo penal", "Верховный суд",
    "المحكمة الجنائية", "高等法院",
  ]
  static let groups = ["Movement of Exercise North", "Exercise Front", "Unknown group", "Exercise Brigade"]
}

extension ExerciseRandom {
  mutating func place() -> String { one(of: ExerciseTexts.places) }

  /// A sentence in one of the languages.
  mutating func sentence() -> String {
    let place = place()
    let language = one(of: ExerciseTexts.sentences)
    let sentence = one(of: language)
    return ExerciseWorld.mark + ": "
      + sentence.split(separator: "@", omittingEmptySubsequences: false)
      .joined(separator: place)
  }

  /// What stands for a document.
  mutating func document(_ kind: String) -> String { "\(ExerciseWorld.mark)/\(kind)/\(number(1...99_999))" }
}
