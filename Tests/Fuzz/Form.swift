/// Queries and urlencoded forms. What was read is written again and must be read as the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let form = try? FormValues(urlEncoded: bytes) else { return 0 }
    let again = form.fields.map { encoded($0.name) + "=" + encoded($0.value) }.joined(separator: "&")
    precondition((try? FormValues(urlEncoded: Array(again.utf8))) == form)
    for (name, _) in form.fields { _ = (form[name], form.text(name), form.all(name), form.day(name)) }
    return 0
}

private func encoded(_ text: String) -> String {
    text.utf8.map { byte in
        let hex = String(byte, radix: 16)
        return byte < 16 ? "%0\(hex)" : "%\(hex)"
    }.joined()
}
