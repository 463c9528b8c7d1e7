/// Articles of the Universal Declaration of Human Rights (1948) as the United Nations publish it in each language, and what
/// somebody who has not seen the text would look for, mostly in another form than the text has.
enum RecallTexts {
  struct Language: Sendable {
    var name: String
    /// By number.
    var articles: [Int: String]
    /// What is looked for, and the articles that speak of it.
    var queries: [(query: String, articles: Set<Int>)]
    /// How many of the hits that there should be are found, at least.
    var hits: Int
    /// What the language's rules do not reach: other words of one root, plurals made within the word.
    var unfound: [String]
  }

  static let languages: [Language] = [
    Language(
      name: "English",
      articles: [
        1: "All human beings are born free and equal in dignity and rights. They are endowed with "
          + "reason and conscience and should act towards one another in a spirit of brotherhood.",
        3: "Everyone has the right to life, liberty and security of person.",
        4: "No one shall be held in slavery or servitude; slavery and the slave trade shall be "
          + "prohibited in all their forms.",
        5: "No one shall be subjected to torture or to cruel, inhuman or degrading treatment or punishment.",
        9: "No one shall be subjected to arbitrary arrest, detention or exile.",
        10: "Everyone is entitled in full equality to a fair and public hearing by an independent "
          + "and impartial tribunal, in the determination of his rights and obligations and of any "
          + "criminal charge against him.",
        13: "Everyone has the right to freedom of movement and residence within the borders of each State.",
        14: "Everyone has the right to seek and to enjoy in other countries asylum from persecution.",
      ],
      queries: [
        ("tortured", [5]),
        ("detentions", [9]),
        ("slaves", [4]),
        ("arrested", [9]),
        ("punishments", [5]),
        ("hearings tribunals", [10]),
        ("being born", [1]),
        ("border", [13]),
        ("persecuted", [14]),
        ("prohibition", [4]),
        ("independence", [10]),
        ("exiled", [9]),
      ],
      hits: 12, unfound: []
    ),
    Language(
      name: "French",
      articles: [
        1: "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués "
          + "de raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
          + "fraternité.",
        3: "Tout individu a droit à la vie, à la liberté et à la sûreté de sa personne.",
        4: "Nul ne sera tenu en esclavage ni en servitude; l'esclavage et la traite des esclaves "
          + "sont interdits sous toutes leurs formes.",
        5: "Nul ne sera soumis à la torture, ni à des peines ou traitements cruels, inhumains ou dégradants.",
        9: "Nul ne peut être arbitrairement arrêté, détenu ou exilé.",
        10: "Toute personne a droit, en pleine égalité, à ce que sa cause soit entendue "
          + "équitablement et publiquement par un tribunal indépendant et impartial, qui décidera, "
          + "soit de ses droits et obligations, soit du bien-fondé de toute accusation en matière "
          + "pénale dirigée contre elle.",
        13: "Toute personne a le droit de circuler librement et de choisir sa résidence à "
          + "l'intérieur d'un Etat.",
        14: "Devant la persécution, toute personne a le droit de chercher asile et de bénéficier de "
          + "l'asile en d'autres pays.",
      ],
      queries: [
        ("torturé", [5]),
        ("détention", [9]),
        ("esclave", [4]),
        ("arrestation", [9]),
        ("peine cruelle", [5]),
        ("tribunaux indépendants", [10]),
        ("libre", [1, 13]),
        ("interdiction", [4]),
        ("persécutions", [14]),
        ("accusations pénales", [10]),
        ("surete", [3]),
        ("l'asile", [14]),
      ],
      hits: 10, unfound: ["détention", "arrestation", "interdiction"]
    ),
    Language(
      name: "Spanish",
      articles: [
        1: "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como "
          + "están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.",
        3: "Todo individuo tiene derecho a la vida, a la libertad y a la seguridad de su persona.",
        4: "Nadie estará sometido a esclavitud ni a servidumbre; la esclavitud y la trata de "
          + "esclavos están prohibidas en todas sus formas.",
        5: "Nadie será sometido a torturas ni a penas o tratos crueles, inhumanos o degradantes.",
        9: "Nadie podrá ser arbitrariamente detenido, preso ni desterrado.",
        10: "Toda persona tiene derecho, en condiciones de plena igualdad, a ser oída públicamente y "
          + "con justicia por un tribunal independiente e imparcial, para la determinación de sus "
          + "derechos y obligaciones o para el examen de cualquier acusación contra ella en materia "
          + "penal.",
        13: "Toda persona tiene derecho a circular libremente y a elegir su residencia en el "
          + "territorio de un Estado.",
        14: "En caso de persecución, toda persona tiene derecho a buscar asilo, y a disfrutar de él, "
          + "en cualquier país.",
      ],
      queries: [
        ("tortura", [5]),
        ("detenidos", [9]),
        ("esclavo", [4]),
        ("pena cruel", [5]),
        ("tribunales independientes", [10]),
        ("acusaciones", [10]),
        ("prohibido", [4]),
        ("perseguido", [14]),
        ("persecuciones", [14]),
        ("libre", [1, 13]),
        ("territorios", [13]),
        ("oida publicamente", [10]),
      ],
      hits: 11, unfound: ["perseguido", "libre"]
    ),
    Language(
      name: "Russian",
      articles: [
        1: "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены "
          + "разумом и совестью и должны поступать в отношении друг друга в духе братства.",
        3: "Каждый человек имеет право на жизнь, на свободу и на личную неприкосновенность.",
        4: "Никто не должен содержаться в рабстве или в подневольном состоянии; рабство и "
          + "работорговля запрещаются во всех их видах.",
        5: "Никто не должен подвергаться пыткам или жестоким, бесчеловечным или унижающим его "
          + "достоинство обращению и наказанию.",
        9: "Никто не может быть подвергнут произвольному аресту, задержанию или изгнанию.",
        10: "Каждый человек, для определения его прав и обязанностей и для установления "
          + "обоснованности предъявленного ему уголовного обвинения, имеет право, на основе полного "
          + "равенства, на то, чтобы его дело было рассмотрено гласно и с соблюдением всех "
          + "требований справедливости независимым и беспристрастным судом.",
        13: "Каждый человек имеет право свободно передвигаться и выбирать себе местожительство в "
          + "пределах каждого государства.",
        14: "Каждый человек имеет право искать убежища от преследования в других странах и "
          + "пользоваться этим убежищем.",
      ],
      queries: [
        ("пытка", [5]),
        ("арест", [9]),
        ("рабства", [4]),
        ("наказания", [5]),
        ("суд", [10]),
        ("обвинение", [10]),
        ("запрещено", [4]),
        ("убежище", [14]),
        ("преследование", [14]),
        ("государство", [13]),
        ("свобода", [3]),
        ("задержание", [9]),
        ("Независимый суд", [10]),
      ],
      hits: 12, unfound: ["запрещено"]
    ),
    Language(
      name: "Arabic",
      articles: [
        1: "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن "
          + "يعامل بعضهم بعضا بروح الإخاء.",
        3: "لكل فرد الحق في الحياة والحرية وسلامة شخصه.",
        4: "لا يجوز استرقاق أو استعباد أي شخص، ويحظر الاسترقاق وتجارة الرقيق بكافة أوضاعهما.",
        5: "لا يعرض أي إنسان للتعذيب ولا للعقوبات أو المعاملات القاسية أو الوحشية أو الحاطة بالكرامة.",
        9: "لا يجوز القبض على أي إنسان أو حجزه أو نفيه تعسفا.",
        10: "لكل إنسان الحق، على قدم المساواة التامة مع الآخرين، في أن تنظر قضيته أمام محكمة مستقلة "
          + "نزيهة نظرا عادلا علنيا للفصل في حقوقه والتزاماته وأية تهمة جنائية توجه إليه.",
        13: "لكل فرد حرية التنقل واختيار محل إقامته داخل حدود كل دولة.",
        14: "لكل فرد الحق في أن يلجأ إلى بلاد أخرى أو يحاول الالتجاء إليها هربا من الاضطهاد.",
      ],
      queries: [
        ("تعذيب", [5]),
        ("عقوبة", [5]),
        ("كرامة", [1, 5]),
        ("حقوق", [1, 10]),
        ("محكمة", [10]),
        ("المحاكم", [10]),
        ("تهمة", [10]),
        ("قبض", [9]),
        ("الحرية", [3, 13]),
        ("اضطهاد", [14]),
        ("الدول", [13]),
        ("رقيق", [4]),
        ("حياة", [3]),
        ("استرقاق", [4]),
        ("تجارة", [4]),
        ("سلامة", [3]),
        ("مُحكمة مستقلة", [10]),
      ],
      hits: 19, unfound: ["المحاكم"]
    ),
    Language(
      name: "Chinese",
      articles: [
        1: "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
        3: "人人有权享有生命、自由和人身安全。",
        4: "任何人不得使为奴隶或奴役；一切形式的奴隶制度和奴隶买卖，均应予以禁止。",
        5: "任何人不得加以酷刑，或施以残忍的、不人道的或侮辱性的待遇或刑罚。",
        9: "任何人不得加以任意逮捕、拘禁或放逐。",
        10: "人人完全平等地有权由一个独立而无偏倚的法庭进行公正的和公开的审讯，以确定他的权利和义务并判定对他提出的任何刑事指控。",
        13: "人人在各国境内有权自由迁徙和居住。",
        14: "人人有权在其他国家寻求和享受庇护以避免迫害。",
      ],
      queries: [
        ("酷刑", [5]),
        ("逮捕", [9]),
        ("奴隶", [4]),
        ("法庭", [10]),
        ("权利", [1, 10]),
        ("自由", [1, 3, 13]),
        ("庇护", [14]),
        ("迫害", [14]),
        ("人身安全", [3]),
        ("刑事指控", [10]),
        ("拘禁", [9]),
        ("禁", [4, 9]),
        ("独立法庭", [10]),
        ("居住权", [13]),
        ("奴隶制度", [4]),
      ],
      hits: 17, unfound: ["独立法庭", "居住权"]
    ),
  ]
}
