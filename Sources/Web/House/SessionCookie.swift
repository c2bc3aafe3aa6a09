import HTTPTypes
import Kernel

/// The cookie that carries a session's token. Over HTTPS it has the `__Host-` prefix, which ties it to this host.
struct SessionCookie: Sendable {
    let isSecure: Bool
    var purpose = ""

    var name: String { (isSecure ? "__Host-holdfast" : "holdfast") + purpose }

    func issue(_ token: String) -> String { "\(name)=\(token); \(attributes)" }

    var removal: String { "\(name)=; Max-Age=0; \(attributes)" }

    func token(in headers: HTTPFields) -> String? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2, String(parts[0]).trimmed() == name { return String(parts[1]).trimmed() }
            }
        }
        return nil
    }

    private var attributes: String { "Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "") }
}
