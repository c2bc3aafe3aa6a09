/// What surrounds every page: whose house it is, who is in it, and how its pages must be handled.
public struct Frame: Sendable {
    public var force: String
    /// Nil on the pages before signing in.
    public var person: Person?
    public var token: FormToken
    public var navigation: [NavigationItem]
    public var marking: Marking
    /// Shown on every page while the data is invented, for example `Sample data: invented people`.
    public var sampleData: String?
    /// What has just happened, once, after a redirect.
    public var notice: Notice?
    public var language: String

    public init(
        force: String, person: Person? = nil, token: FormToken, navigation: [NavigationItem] = [],
        marking: Marking = .sensitive, sampleData: String? = nil, notice: Notice? = nil, language: String = "en-GB"
    ) {
        (self.force, self.person, self.token, self.navigation) = (force, person, token, navigation)
        (self.marking, self.sampleData, self.notice, self.language) = (marking, sampleData, notice, language)
    }

    /// The person signed in, and where the form that signs her out posts.
    public struct Person: Sendable {
        public var name: String
        /// A line under the name: role and agency.
        public var standing: String
        public var signOut: WebAddress

        public init(name: String, standing: String, signOut: WebAddress = "/sign-out") {
            (self.name, self.standing, self.signOut) = (name, standing, signOut)
        }
    }
}

/// The secret that proves a form came from our page. Every form that posts needs one.
public struct FormToken: Sendable, Equatable {
    /// The name of the hidden field.
    public static let field = "form-token"

    public let text: String

    public init(_ text: String) { self.text = text }
}

public struct NavigationItem: Sendable {
    public var title: String
    public var address: WebAddress
    public var isCurrent: Bool

    public init(_ title: String, _ address: WebAddress, isCurrent: Bool = false) {
        (self.title, self.address, self.isCurrent) = (title, address, isCurrent)
    }
}

/// The protective marking at the top and the bottom of every page (Government Security Classifications Policy).
public struct Marking: Sendable, Equatable {
    public var text: String
    /// How to handle what is on the page, as a sentence.
    public var handling: String

    public init(_ text: String, handling: String = "") { (self.text, self.handling) = (text, handling) }

    public static let sensitive = Marking(
        "OFFICIAL – SENSITIVE", handling: "Share only with people who need it for their work.")
    public static let official = Marking("OFFICIAL")
}

/// A banner that says what has just happened.
public struct Notice: Sendable, Equatable {
    public enum Kind: String, Sendable { case success, information, problem }

    public var kind: Kind
    public var title: String
    public var text: String

    public init(_ kind: Kind, _ title: String, _ text: String = "") {
        (self.kind, self.title, self.text) = (kind, title, text)
    }
}
