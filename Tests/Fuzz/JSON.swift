/// JSON from outside: what a provider or a program sends.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let json = try? StrictJSON(bytes, limit: 1 << 14) {
        precondition((try? StrictJSON(bytes, limit: 1 << 14)) == json)
    }
    return 0
}
