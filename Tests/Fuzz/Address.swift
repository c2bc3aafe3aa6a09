/// Addresses that somebody else wrote. One that is taken leads nowhere but to this site or by http(s).
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    guard let address = WebAddress(outside: text) else { return 0 }
    precondition(
        address.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && ![0x22, 0x27, 0x3C, 0x3E, 0x5C].contains($0) })
    let begin = address.text.lowercased()
    let isOurs = begin.hasPrefix("/") && !begin.hasPrefix("//") || begin.hasPrefix("?") || begin.hasPrefix("#")
    precondition(isOurs || begin.hasPrefix("http://") || begin.hasPrefix("https://"))
    precondition(WebAddress(outside: address.text) == address)
    return 0
}
