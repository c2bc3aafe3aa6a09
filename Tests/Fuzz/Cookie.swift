/// The `Cookie` header, one header a line.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let headers = HTTPFields(lines: text.split(separator: "\n").map(String.init))
    for isSecure in [true, false] {
        guard let token = SessionCookie(isSecure: isSecure).token(in: headers) else { continue }
        precondition(!token.contains(";"))
    }
    return 0
}

/// What stands for the server's headers.
struct HTTPFields {
    enum Name { case cookie }

    let lines: [String]

    subscript(values name: Name) -> [String] { lines }
}
