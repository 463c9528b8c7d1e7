import AIP
import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix
import SystemPackage
import _NIOFileSystem

/// A file that can be read.
protocol OpenedFile: StoredContent {
  associatedtype Handle: ReadableFileHandleProtocol & Sendable
  var file: Handle { get }
}

extension OpenedFile {
  func size() async throws(ContentFault) -> Int64 {
    let file = file
    return try await onFiles { try await file.info().size }
  }

  func read(at offset: Int64, count: Int, after room: Int) async throws(ContentFault) -> Data {
    let file = file
    var bytes = Data(count: room)
    bytes.reserveCapacity(room + count)
    while bytes.count < room + count {
      let (start, rest) = (offset + Int64(bytes.count - room), Int64(room + count - bytes.count))
      let part = try await onFiles { try await file.readChunk(fromAbsoluteOffset: start, length: .bytes(rest)) }
      if part.readableBytes == 0 { break }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return bytes
  }

  func close() { file.letGo() }
}

/// Finished content.
struct StoredFile: OpenedFile {
  let file: ReadFileHandle
}

/// Content that is being written, which nobody else writes meanwhile.
struct DraftFile: OpenedFile, ContentDraft {
  /// What its file is called, and where.
  struct Names: Sendable {
    let folder: FilePath
    let part: FilePath
    let whole: FilePath

    init(_ folder: FilePath, _ id: RecordID) {
      self.folder = folder
      part = folder.appending("\(id).part")
      whole = folder.appending(id.description)
    }

    /// Has a file take another's name, in one step and durably.
    func rename(_ path: FilePath, _ name: FilePath) async throws(ContentFault) {
      try await onFiles {
        try await NonBlockingFileIO(threadPool: .singleton).rename(path: path.string, newName: name.string)
      }
      try await settleFolder()
    }

    /// Makes names durable.
    func settleFolder() async throws(ContentFault) {
      let folder = folder
      let handle = try await onFiles { try await FileSystem.shared.openDirectory(atPath: folder) }
      defer { handle.letGo() }
      try await onFiles { try await handle.synchronize() }
    }
  }

  let file: ReadWriteFileHandle
  private let names: Names

  /// - Throws: ``ContentFault/busy`` while another holds it; then, as whenever it throws, the file is closed.
  init(locking file: ReadWriteFileHandle, _ names: Names) async throws(ContentFault) {
    self.file = file
    self.names = names
    do throws(ContentFault) {
      try await onFiles {
        try await file.withUnsafeDescriptor { descriptor in
          guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else { throw Errno(rawValue: errno) }
        }
      }
    } catch {
      file.letGo()
      throw error
    }
  }

  func write(_ bytes: Data, at offset: Int64) async throws(ContentFault) {
    let file = file
    let count = try await onFiles { try await file.write(contentsOf: bytes, toAbsoluteOffset: offset) }
    guard count == Int64(bytes.count) else { throw .full }
  }

  func truncate(to size: Int64) async throws(ContentFault) {
    let file = file
    guard try await self.size() > size else { return }
    try await onFiles { try await file.resize(to: .bytes(size)) }
  }

  func settle() async throws(ContentFault) {
    let file = file
    try await onFiles { try await file.synchronize() }
  }

  func finish() async throws(ContentFault) {
    try await settle()
    try await names.rename(names.part, names.whole)
  }
}

extension FileHandleProtocol {
  /// Closes the file, and so lets go of its lock, where files are waited for: also when the task has been cancelled.
  func letGo() {
    guard let descriptor = try? detachUnsafeFileDescriptor() else { return }
    // Whoever waited for an answer may try again at once.
    _ = flock(descriptor.rawValue, LOCK_UN)
    NIOThreadPool.singleton.submit { _ in try? descriptor.close() }
  }
}

/// Does something with files, where it may be waited for them.
///
/// - Throws: what went wrong, as this module tells it.
func onFiles<Result: Sendable>(_ body: () async throws -> Result) async throws(ContentFault) -> Result {
  do {
    return try await body()
  } catch {
    throw ContentFault(error)
  }
}

extension ContentFault {
  init(_ error: any Error) {
    let number: Errno? =
      switch error {
      case let error as FileSystemError: (error.cause as? FileSystemError.SystemCallError)?.errno
      case let error as IOError: Errno(rawValue: error.errnoCode)
      case let error as Errno: error
      default: nil
      }
    if let number {
      self = .ofFileSystem(number.rawValue)
    } else {
      self = (error as? FileSystemError)?.code == .notFound ? .missing : .failed("\(type(of: error))")
    }
  }

  static func ofFileSystem(_ number: Int32) -> ContentFault {
    switch Errno(rawValue: number) {
    case .noSpace, .diskQuotaExceeded, .fileTooLarge: .full
    case .wouldBlock: .busy
    case .noSuchFileOrDirectory: .missing
    default: .failed("error \(number) of the file system")
    }
  }
}
