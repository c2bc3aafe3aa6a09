import Access
import Accounts
import HTTPTypes

/// One address, who may try it, and what answers. There is no way to write one without its door.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// Hummingbird's pattern: `/areas/:id`.
    let path: String
    let door: Door
    /// Whether its form carries files. The handler must then read it with `upload`, which checks the token.
    var takesFiles = false

    static func get(_ path: String, _ door: Door) -> Route { Route(method: .get, path: path, door: door) }

    static func post(_ path: String, _ door: Door) -> Route { Route(method: .post, path: path, door: door) }

    /// A form with files.
    static func upload(_ path: String, _ door: Door) -> Route {
        Route(method: .post, path: path, door: door, takesFiles: true)
    }
}

/// Who may try an address. The `Ledger` decides again on each thing itself; the door only turns away those who could
/// never be allowed, with the same answer as for an address that does not exist.
enum Door: Sendable {
    /// Anybody: signing in, health, assets.
    case anybody(@Sendable (Call) async throws -> Answer)
    /// Somebody signed in who could, in some relation, do this to that.
    case signedIn(Operation, ResourceClass, @Sendable (Visit) async throws -> Answer)
    /// Every signed-in person, for what is her own: her home page, signing out.
    case everybody(@Sendable (Visit) async throws -> Answer)

    /// A program with a token of that scope, whose person could do it.
    case program(TokenScope, @Sendable (APIVisit) async throws -> Answer)

    /// As words, for the test that lists every route.
    var words: String {
        switch self {
        case .anybody: "anybody"
        case .everybody: "signed in"
        case .program(let scope, _): "token for \(scope.rawValue)"
        case .signedIn(let operation, let resource, _): "\(operation.rawValue) of \(resource.rawValue)"
        }
    }
}

/// A request before anything is known of who sent it.
struct Call: Sendable {
    let site: Site
    let method: HTTPRequest.Method
    let path: String
    /// The path with its query, as it was asked for.
    let address: String
    let headers: HTTPFields
    let parameters: [String: String]
    let query: FormValues
    let body: Body
    /// The sender's address, for throttling.
    let source: String
    /// What the request says is the host.
    let host: String?

    /// What a link to this site begins with, for somebody to whom it is sent. A host that a request merely names is
    /// not believed: a link with a secret would lead there.
    var origin: String {
        if let publicOrigin = site.settings.publicOrigin { return publicOrigin }
        let host = host ?? ""
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
        return ["localhost", "127.0.0.1", "[::1]"].contains(name) ? "http://\(host)" : "http://localhost"
    }

    /// The part of the path named in the pattern; an unknown one is empty and matches nothing.
    func parameter(_ name: String) -> String { parameters[name] ?? "" }
}

/// A request of somebody signed in.
struct Visit: Sendable {
    let call: Call
    let visitor: Visitor

    var site: Site { call.site }
    var actor: Actor { visitor.actor }
    var query: FormValues { call.query }

    func parameter(_ name: String) -> String { call.parameter(name) }

    /// The fields of a posted form, whose token has been checked.
    /// - Throws: `Problem.refused` where it was not.
    func form() async throws -> FormValues {
        guard let form = call.body.collected else { throw Gatekeeper.foreignForm }
        return form
    }
}
