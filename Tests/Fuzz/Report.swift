/// The text of an inspection report, as somebody pasted it. Without the scales of grades, which are no outside bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let reader else { return 0 }
    if let draft = try? reader.read(bytes: bytes) { precondition(!draft.force.isEmpty) }
    return 0
}

private let reader = try? ReportReader.bundled()
