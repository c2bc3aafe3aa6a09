/// An ID token as it arrived: taken apart, and not yet believed (RFC 7515, compact serialisation).
public struct SignedToken: Sendable {
    static let limit = 64 << 10

    let algorithm: SigningAlgorithm
    let keyID: String?
    let claims: StrictJSON
    let message: [UInt8]
    let signature: [UInt8]

    /// - Throws: `TokenFault`.
    public init(_ text: String) throws(TokenFault) {
        guard text.utf8.count <= SignedToken.limit else { throw .tooLarge }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64URL.decode(parts[0]), let body = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        guard let header = try? StrictJSON(head, limit: SignedToken.limit),
            let claims = try? StrictJSON(body, limit: SignedToken.limit), case .object = claims
        else { throw .malformed }
        // A header that must be understood and is not: RFC 7515, section 4.1.11.
        guard header["crit"] == nil, header["typ"].map({ $0.text?.lowercased() == "jwt" }) ?? true else {
            throw .malformed
        }
        guard let algorithm = header["alg"]?.text.flatMap({ SigningAlgorithm(rawValue: $0) }) else { throw .algorithm }
        guard header["kid"].map({ $0.text != nil }) ?? true else { throw .malformed }
        (self.algorithm, keyID, self.claims, self.signature) = (algorithm, header["kid"]?.text, claims, signature)
        message = Array((parts[0] + "." + parts[1]).utf8)
    }

    /// - Throws: `TokenFault` unless the key of that name in `keys` signed it.
    func checkSignature(_ keys: ProviderKeySet) throws(TokenFault) {
        let key = try keys.key(named: keyID, for: algorithm)
        guard key.verifies(signature, over: message, algorithm) else { throw .signature }
    }
}
