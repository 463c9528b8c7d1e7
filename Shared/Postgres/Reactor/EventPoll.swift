internal import CLibPQ
import Glibc

/// An epoll instance with an eventfd to wake it. Kernel objects of their own: any thread may use them.
struct EventPoll: Sendable {
  /// What a descriptor is ready for. An error or hang-up counts as readable, so that reading finds it.
  struct Readiness: OptionSet, Sendable {
    let rawValue: UInt32
    static let readable = Self(rawValue: EPOLLIN.rawValue)
    static let writable = Self(rawValue: EPOLLOUT.rawValue)
  }

  /// The most events taken from the kernel at once.
  static let batch = 64
  /// The token of the eventfd, which no source has.
  private static let wakeToken: UInt64 = 0

  private let epoll: Int32
  private let wakeUp: Int32

  init() {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    precondition(epoll >= 0 && wakeUp >= 0, "the process has no file descriptors left")
    change(EPOLL_CTL_ADD, wakeUp, token: Self.wakeToken, interest: .readable)
  }

  func close() {
    _ = Glibc.close(wakeUp)
    _ = Glibc.close(epoll)
  }

  func add(_ descriptor: Int32, token: UInt64, interest: Readiness) {
    change(EPOLL_CTL_ADD, descriptor, token: token, interest: interest)
  }

  func modify(_ descriptor: Int32, token: UInt64, interest: Readiness) {
    change(EPOLL_CTL_MOD, descriptor, token: token, interest: interest)
  }

  func remove(_ descriptor: Int32) {
    change(EPOLL_CTL_DEL, descriptor, token: 0, interest: [])
  }

  /// Makes a concurrent or the next ``wait(milliseconds:_:)`` return.
  func wake() {
    _ = eventfd_write(wakeUp, 1)
  }

  /// Waits for events and calls `body` for each of them.
  ///
  /// - Parameter milliseconds: the longest wait, or -1 for no limit.
  func wait(milliseconds: Int32, _ body: (_ token: UInt64, Readiness) -> Void) {
    unsafe withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.batch) { events in
      let count = unsafe epoll_wait(epoll, events.baseAddress, Int32(Self.batch), milliseconds)
      for index in 0..<max(0, Int(count)) {
        let event = unsafe events[index]
        let token = unsafe event.data.u64
        if token == Self.wakeToken {
          var value: eventfd_t = 0
          _ = unsafe eventfd_read(wakeUp, &value)
        } else {
          body(token, Readiness(unsafe event.events))
        }
      }
    }
  }

  private func change(_ operation: Int32, _ descriptor: Int32, token: UInt64, interest: Readiness) {
    var event = unsafe epoll_event(events: interest.rawValue, data: epoll_data_t(u64: token))
    _ = unsafe epoll_ctl(epoll, operation, descriptor, &event)
  }
}

extension EventPoll.Readiness {
  init(_ events: UInt32) {
    var readiness: Self = []
    if events & EPOLLOUT.rawValue != 0 { readiness.insert(.writable) }
    if events & ~EPOLLOUT.rawValue != 0 { readiness.insert(.readable) }
    self = readiness
  }
}
