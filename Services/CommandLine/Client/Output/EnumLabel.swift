import SwiftProtobuf

/// The name of a value as filters take it: the proto's constant without its prefix, `POL_FPU`.
/// Empty for the unspecified value; the number of one that this version does not know.
func label(_ value: some SwiftProtobuf.Enum) -> String {
  let name = "\(value)"
  if name == "unspecified" { return "" }
  if name.hasPrefix("UNRECOGNIZED") { return String(value.rawValue) }
  var label = ""
  for character in name {
    if character.isUppercase { label.append("_") }
    label.append(contentsOf: character.uppercased())
  }
  return label
}
