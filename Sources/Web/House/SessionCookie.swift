import HTTPTypes
import Kernel

/// The cookie that carries a session's token. Over HTTPS it has the `__Host-` prefix, which ties it to this host.
struct SessionCookie: Sendable {
    let isSecure: Bool
    var purpose = ""
    /// It must come back with a person whom another site sends here, and lasts as many seconds; nil for the others.
    var returning: Int?

    var name: String { (isSecure ? "__Host-holdfast" : "holdfast") + purpose }

    func issue(_ token: String) -> String { "\(name)=\(token); \(attributes)" }

    var removal: String {
        let plain = SessionCookie(isSecure: isSecure, purpose: purpose)
        return "\(name)=; Max-Age=0; \(plain.attributes)"
    }

    /// Cut at bytes: a character that joins with the semicolon after it would hide it.
    func token(in headers: HTTPFields) -> String? {
        for header in headers[values: .cookie] {
            for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
                let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1).map {
                    String(Substring($0)).trimmed()
                }
                if parts.count == 2, parts[0] == name { return parts[1] }
            }
        }
        return nil
    }

    private var attributes: String {
        let span = returning.map { "SameSite=Lax; Max-Age=\($0)" } ?? "SameSite=Strict"
        return "Path=/; HttpOnly; \(span)" + (isSecure ? "; Secure" : "")
    }
}
