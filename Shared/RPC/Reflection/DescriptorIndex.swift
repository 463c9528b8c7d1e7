import SwiftProtobuf

/// Where to find each file, symbol and extension of a set of proto files.
struct DescriptorIndex {
  struct ExtensionKey: Hashable {
    /// Without a leading dot.
    var extendedType: String
    var number: Int32
  }

  private var files: [String: Google_Protobuf_FileDescriptorProto] = [:]
  private var fileOfSymbol: [String: String] = [:]
  private var fileOfExtension: [ExtensionKey: String] = [:]

  /// Files that several modules import may come more than once; the first is kept.
  init(_ files: [Google_Protobuf_FileDescriptorProto]) {
    for file in files where self.files[file.name] == nil {
      self.files[file.name] = file
      add(file)
    }
  }

  /// The file of that name and all that it imports, itself first; nil when there is none.
  func fileAndImports(named name: String) -> [Google_Protobuf_FileDescriptorProto]? {
    guard files[name] != nil else { return nil }
    var found: [Google_Protobuf_FileDescriptorProto] = []
    var seen: Set<String> = []
    var pending = [name]
    while let next = pending.popLast() {
      guard seen.insert(next).inserted, let file = files[next] else { continue }
      found.append(file)
      pending += file.dependency.reversed()
    }
    return found
  }

  /// Name of the file that declares the symbol.
  func file(declaring symbol: String) -> String? { fileOfSymbol[symbol] }

  /// Name of the file that declares the extension.
  func file(declaring key: ExtensionKey) -> String? { fileOfExtension[key] }

  /// The numbers of the extensions of a message, ascending; nil when there is no such message.
  func extensionNumbers(of type: String) -> [Int32]? {
    guard fileOfSymbol[type] != nil else { return nil }
    return fileOfExtension.keys.filter { $0.extendedType == type }.map(\.number).sorted()
  }

  private mutating func add(_ file: Google_Protobuf_FileDescriptorProto) {
    let scope = file.package
    for service in file.service {
      let name = Self.join(scope, service.name)
      fileOfSymbol[name] = file.name
      for method in service.method { fileOfSymbol[Self.join(name, method.name)] = file.name }
    }
    for message in file.messageType { add(message, in: scope, of: file.name) }
    for enumeration in file.enumType { add(enumeration, in: scope, of: file.name) }
    for field in file.extension { add(extension: field, in: scope, of: file.name) }
  }

  private mutating func add(_ message: Google_Protobuf_DescriptorProto, in scope: String, of file: String) {
    let name = Self.join(scope, message.name)
    fileOfSymbol[name] = file
    for field in message.field { fileOfSymbol[Self.join(name, field.name)] = file }
    for oneof in message.oneofDecl { fileOfSymbol[Self.join(name, oneof.name)] = file }
    for nested in message.nestedType { add(nested, in: name, of: file) }
    for enumeration in message.enumType { add(enumeration, in: name, of: file) }
    for field in message.extension { add(extension: field, in: name, of: file) }
  }

  // The values of an enumeration are siblings of its type, as in C++ (descriptor.proto).
  private mutating func add(_ enumeration: Google_Protobuf_EnumDescriptorProto, in scope: String, of file: String) {
    fileOfSymbol[Self.join(scope, enumeration.name)] = file
    for value in enumeration.value { fileOfSymbol[Self.join(scope, value.name)] = file }
  }

  private mutating func add(
    extension field: Google_Protobuf_FieldDescriptorProto,
    in scope: String,
    of file: String
  ) {
    fileOfSymbol[Self.join(scope, field.name)] = file
    let extended = field.extendee.hasPrefix(".") ? String(field.extendee.dropFirst()) : field.extendee
    fileOfExtension[ExtensionKey(extendedType: extended, number: field.number)] = file
  }

  private static func join(_ scope: String, _ name: String) -> String {
    scope.isEmpty ? name : "\(scope).\(name)"
  }
}
