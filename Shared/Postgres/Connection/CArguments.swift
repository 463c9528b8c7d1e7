/// Passes Swift values to C as the arrays that libpq wants.
enum CStringArray {
  /// Calls `body` with a NULL-terminated array of C strings.
  static func with<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafePointer<CChar>?] = unsafe []
    func next(_ rest: ArraySlice<String>) -> Result {
      guard let first = rest.first else {
        unsafe pointers.append(nil)
        return unsafe pointers.withUnsafeBufferPointer { buffer in
          // The array has at least its terminator, so there is a base address.
          unsafe body(buffer.baseAddress!)
        }
      }
      return unsafe first.withCString { pointer in
        unsafe pointers.append(pointer)
        return next(rest.dropFirst())
      }
    }
    return next(strings[...])
  }
}

extension PostgresParameters {
  /// Calls `body` with the parameters as libpq's arrays: count, values, lengths and formats (all binary).
  borrowing func withArguments<Result>(
    _ body: (
      Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) -> Result
  ) -> Result {
    let (slots, bytes) = (slots, bytes)
    let count = slots.count
    return unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
      unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count + 1) { numbers in
        unsafe bytes.withUnsafeBytes { buffer in
          // An empty value is a pointer to nothing; only NULL is no pointer.
          let nothing = unsafe UnsafePointer<CChar>(OpaquePointer(numbers.baseAddress))
          let start = unsafe buffer.assumingMemoryBound(to: CChar.self).baseAddress ?? nothing
          var offset = 0
          for (index, slot) in slots.enumerated() {
            let value = unsafe slot.length < 0 ? nil : start.map { unsafe $0 + offset }
            unsafe values.initializeElement(at: index, to: value)
            unsafe numbers.initializeElement(at: index, to: max(0, slot.length))
            unsafe numbers.initializeElement(at: count + index, to: 1)
            offset += Int(max(0, slot.length))
          }
          return unsafe body(
            Int32(count), values.baseAddress, numbers.baseAddress, numbers.baseAddress.map { unsafe $0 + count })
        }
      }
    }
  }
}
