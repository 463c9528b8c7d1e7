package import AIP
import NIOPosix
import SystemPackage
import _NIOFileSystem

/// Content in a folder of this machine, or one that several share: a file each, which only the service's user can read.
///
/// A draft is the file `ID.part`, finished content `ID`. Whoever holds a draft has locked its file (`flock`), which ends
/// with the process too.
package struct ContentDirectory: ContentStore {
  private let path: FilePath

  /// Makes the folder where there is none.
  ///
  /// - Throws: ``ContentFault`` where it cannot be made.
  package init(path: String) async throws(ContentFault) {
    let path = FilePath(path)
    self.path = path
    try await onFiles {
      if try await FileSystem.shared.info(forFileAt: path) == nil {
        try await FileSystem.shared.createDirectory(
          at: path, withIntermediateDirectories: true, permissions: .ownerReadWriteExecute)
      }
    }
  }

  package func draft(of id: RecordID) async throws(ContentFault) -> any ContentDraft {
    let names = DraftFile.Names(path, id)
    if let file = try await open(names.part) { return try await DraftFile(locking: file, names) }
    guard let file = try await open(names.whole) else {
      // There from the first moment on: what is written of it must outlive the process.
      let new = OpenOptions.Write(
        existingFile: .open, newFile: OpenOptions.NewFile(permissions: .ownerReadWrite, transactionalCreation: false))
      return try await DraftFile(
        locking: try await onFiles {
          try await FileSystem.shared.openFile(forReadingAndWritingAt: names.part, options: new)
        }, names)
    }
    // It was finished, and what it belongs to was not.
    let draft = try await DraftFile(locking: file, names)
    do throws(ContentFault) {
      try await names.rename(names.whole, names.part)
    } catch {
      draft.close()
      throw error
    }
    return draft
  }

  package func settledSize(of id: RecordID) async throws(ContentFault) -> Int64 {
    let names = DraftFile.Names(path, id)
    for path in [names.part, names.whole] {
      guard let file = try await open(path) else { continue }
      defer { file.letGo() }
      return try await onFiles {
        try await file.synchronize()
        return try await file.info().size
      }
    }
    return 0
  }

  package func content(of id: RecordID) async throws(ContentFault) -> any StoredContent {
    let path = DraftFile.Names(path, id).whole
    return StoredFile(file: try await onFiles { try await FileSystem.shared.openFile(forReadingAt: path) })
  }

  package func remove(_ id: RecordID) async throws(ContentFault) {
    let names = DraftFile.Names(path, id)
    for path in [names.part, names.whole] {
      _ = try await onFiles { try await FileSystem.shared.removeItem(at: path) }
    }
    try await names.settleFolder()
  }

  /// Nil where there is no such file.
  private func open(_ path: FilePath) async throws(ContentFault) -> ReadWriteFileHandle? {
    do throws(ContentFault) {
      return try await onFiles {
        try await FileSystem.shared.openFile(
          forReadingAndWritingAt: path, options: .modifyFile(createIfNecessary: false))
      }
    } catch .missing {
      return nil
    }
  }
}
