/// Settings that belong together, under one heading in help.
package struct SettingGroup: Sendable {
  package var title: String
  package var settings: [any SettingDeclaration]

  package init(_ title: String, _ settings: [any SettingDeclaration]) {
    self.title = title
    self.settings = settings
  }
}
