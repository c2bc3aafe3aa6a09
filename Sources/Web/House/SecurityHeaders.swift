import HTTPTypes

/// Sent with every answer. No inline script or style exists anywhere in the house, so none is allowed.
enum SecurityHeaders {
    static let all: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        ),
        (.xContentTypeOptions, "nosniff"),
        (named("Referrer-Policy"), "no-referrer"),
        (named("X-Frame-Options"), "DENY"),
        (named("Cross-Origin-Opener-Policy"), "same-origin"),
        (named("Cross-Origin-Resource-Policy"), "same-origin"),
        (named("Cross-Origin-Embedder-Policy"), "require-corp"),
        (named("Permissions-Policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        (named("X-Permitted-Cross-Domain-Policies"), "none"),
        (named("X-Robots-Tag"), "noindex, nofollow"),
    ]

    /// The same as fields, made once: they go with every answer.
    static let fields: HTTPFields = all.reduce(into: HTTPFields()) { $0[$1.0] = $1.1 }

    /// Only over HTTPS: a browser ignores it otherwise.
    static let strictTransport = (HTTPField.Name.strictTransportSecurity, "max-age=63072000; includeSubDomains")

    private static func named(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .xContentTypeOptions
    }
}

/// Whether a request that changes something came from one of our own pages (OWASP, "Cross-Site Request Forgery
/// Prevention": Fetch Metadata, then Origin; the token of the form is checked as well).
enum SameOrigin {
    static func accepts(_ headers: HTTPFields, host: String?, publicOrigin: String?) -> Bool {
        if let name = HTTPField.Name("Sec-Fetch-Site"), let site = headers[name] {
            return site == "same-origin"
        }
        guard let name = HTTPField.Name("Origin"), let origin = headers[name] else { return true }
        if let publicOrigin { return origin == publicOrigin }
        guard let host else { return false }
        return origin == "http://\(host)" || origin == "https://\(host)"
    }
}
