import Crypto
import CryptoExtras
import Foundation

/// How an ID token may be signed. `none` and the shared-secret algorithms are no case, so no token can ask for them.
public enum SigningAlgorithm: String, Sendable, CaseIterable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
}

/// One public key of a provider (RFC 7517).
public struct ProviderKey: Sendable, Equatable {
    enum Material: Sendable, Equatable {
        case rsa(modulus: [UInt8], exponent: [UInt8])
        /// On the curve P-256, as the uncompressed point.
        case p256(point: [UInt8])
    }

    public let id: String?
    /// What the key says it is for; nil when it does not say.
    let algorithm: String?
    let material: Material

    /// Nil for a key that is not for checking signatures, or of a kind that is not used here.
    init?(_ json: StrictJSON) {
        let purposes = json["key_ops"]?.texts
        guard json["use"].map({ $0.text == "sig" }) ?? true, purposes.map({ $0.contains("verify") }) ?? true else {
            return nil
        }
        (id, algorithm) = (json["kid"]?.text, json["alg"]?.text)
        guard let material = ProviderKey.material(json) else { return nil }
        self.material = material
    }

    private static func material(_ json: StrictJSON) -> Material? {
        func bytes(_ name: String) -> [UInt8]? { json[name]?.text.flatMap { Base64URL.decode($0) } }
        switch json["kty"]?.text {
        case "RSA":
            guard let modulus = bytes("n").map({ Array($0.drop { $0 == 0 }) }), let exponent = bytes("e"),
                (256...1024).contains(modulus.count), (1...4).contains(exponent.count), (exponent.last ?? 0) & 1 == 1,
                exponent != [1]
            else { return nil }
            return .rsa(modulus: modulus, exponent: exponent)
        case "EC":
            guard json["crv"]?.text == "P-256", let x = bytes("x"), let y = bytes("y"), x.count == 32, y.count == 32
            else { return nil }
            return .p256(point: [4] + x + y)
        default: return nil
        }
    }

    /// Whether `algorithm` may be used with this key. A token chooses its algorithm; the key decides.
    func fits(_ algorithm: SigningAlgorithm) -> Bool {
        guard self.algorithm.map({ $0 == algorithm.rawValue }) ?? true else { return false }
        switch (material, algorithm) {
        case (.rsa, .rs256), (.rsa, .ps256), (.p256, .es256): return true
        default: return false
        }
    }

    /// Whether `signature` over `message` was made with the private half of this key.
    func verifies(_ signature: [UInt8], over message: [UInt8], _ algorithm: SigningAlgorithm) -> Bool {
        guard fits(algorithm) else { return false }
        switch material {
        case .rsa(let modulus, let exponent):
            guard signature.count == modulus.count,
                let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent)
            else { return false }
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: message),
                padding: algorithm == .ps256 ? .PSS : .insecurePKCS1v1_5)
        case .p256(let point):
            guard let key = try? P256.Signing.PublicKey(x963Representation: point),
                let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: SHA256.hash(data: message))
        }
    }
}

/// The keys a provider signs with at present (RFC 7517, section 5).
public struct ProviderKeySet: Sendable, Equatable {
    static let limit = 256 << 10
    private static let most = 100

    let keys: [ProviderKey]

    /// - Throws: `FederationFault` when it is no such set.
    public init(_ bytes: [UInt8]) throws {
        guard let json = try? StrictJSON(bytes, limit: ProviderKeySet.limit), let list = json["keys"]?.list,
            list.count <= ProviderKeySet.most
        else { throw FederationFault.untrusted("keys: not readable") }
        keys = list.compactMap { ProviderKey($0) }
    }

    /// The one key that a token with this header was signed with.
    /// - Throws: `TokenFault.unknownKey` when there is none of that name, or several and no name; `.keyType` when the
    ///   key is not for that algorithm.
    func key(named id: String?, for algorithm: SigningAlgorithm) throws(TokenFault) -> ProviderKey {
        let named = keys.filter { id == nil || $0.id == id }
        guard !named.isEmpty else { throw .unknownKey }
        let fitting = named.filter { $0.fits(algorithm) }
        guard let key = fitting.first else { throw .keyType }
        guard fitting.count == 1 else { throw .unknownKey }
        return key
    }
}
