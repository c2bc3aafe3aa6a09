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

    func token(in headers: HTTPFields) -> String? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2, String(parts[0]).trimmed() == name { return String(parts[1]).trimmed() }
            }
        }
        return nil
    }

    private var attributes: String {
        let span = returning.map { "SameSite=Lax; Max-Age=\($0)" } ?? "SameSite=Strict"
        return "Path=/; HttpOnly; \(span)" + (isSecure ? "; Secure" : "")
    }
}
