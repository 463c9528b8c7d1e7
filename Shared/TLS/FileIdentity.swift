internal import FoundationEssentials

/// What changes when a file is replaced or rewritten: inode, size and time of modification.
///
/// Symbolic links are followed, because Kubernetes replaces a mounted secret by turning the link of
/// a parent folder.
struct FileIdentity: Sendable, Hashable {
  /// `nil` for a file that is missing or cannot be looked at.
  private var attributes: [String]?

  init(path: String) {
    let target = URL(filePath: path).resolvingSymlinksInPath().path
    guard let found = try? FileManager.default.attributesOfItem(atPath: target) else { return }
    // Their dynamic types differ between platforms; their descriptions do not.
    let modified = (found[.modificationDate] as? Date)?.timeIntervalSince1970
    attributes = [
      target, "\(found[.systemFileNumber] ?? "")", "\(found[.size] ?? "")", "\(modified ?? 0)",
    ]
  }
}
