/// A State or territory by its ISO 3166-1 alpha-3 code: of today, of a State that is no more, or assigned by users of the
/// standard (`XKX`, and those of exercises).
struct StateCode: Hashable, Sendable, CustomStringConvertible {
  let description: String

  /// Nil unless the code is assigned or was.
  init?(_ text: some StringProtocol) {
    let code = String(text)
    guard Self.isForUsers(code) || Self.today.contains(code) || Self.periods[code] != nil else { return nil }
    description = code
  }

  /// Whether there was such a State on some day of the date.
  func existed(on date: PartialDate) -> Bool {
    guard let (first, last) = Self.periods[description] else { return true }
    return date.span.upperBound >= first && date.rawValue <= last
  }

  /// AAA to AAZ, QMA to QZZ, XAA to XZZ, ZZA to ZZZ.
  private static func isForUsers(_ code: String) -> Bool {
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
      return false
    }
    return code.hasPrefix("AA") || code.hasPrefix("X") || code.hasPrefix("ZZ") || ("QMA"..."QZZ").contains(code)
  }

  private static let today = Set(codes.split(separator: " ").map(String.init))

  private static let codes = """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH \
    BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB \
    CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO \
    GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN \
    IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA \
    MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER \
    NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU \
    RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA \
    TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT \
    WLF WSM YEM ZAF ZMB ZWE
    """

  /// First and last day of States that came or went in the time of the register; it is not complete.
  private static let periods: [String: (first: Int32, last: Int32)] = [
    "CSK": (1918_10_28, 1992_12_31), "DDR": (1949_10_07, 1990_10_02), "SCG": (2003_02_04, 2006_06_04),
    "SUN": (1922_12_30, 1991_12_26), "YMD": (1967_11_30, 1990_05_21), "YUG": (1918_12_01, 2003_02_03),
    "BGD": (1971_03_26, .max), "BIH": (1992_03_01, .max), "CZE": (1993_01_01, .max), "ERI": (1993_05_24, .max),
    "HRV": (1991_06_25, .max), "MKD": (1991_09_08, .max), "MNE": (2006_06_03, .max), "NAM": (1990_03_21, .max),
    "SRB": (2006_06_05, .max), "SSD": (2011_07_09, .max), "SVK": (1993_01_01, .max), "SVN": (1991_06_25, .max),
    "TLS": (2002_05_20, .max), "ARM": (1991_09_21, .max), "AZE": (1991_10_18, .max), "GEO": (1991_04_09, .max),
    "KAZ": (1991_12_16, .max), "KGZ": (1991_08_31, .max), "MDA": (1991_08_27, .max), "TJK": (1991_09_09, .max),
    "TKM": (1991_10_27, .max), "UZB": (1991_08_31, .max),
  ]
}
