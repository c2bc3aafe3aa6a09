/// Who are you? The user name that was typed is given back; the password never is.
public struct SignInPage: PageModel {
    /// One text that she had typed when her session ended.
    public struct Word: Sendable, Equatable {
        public var label: String
        public var text: String

        public init(label: String, text: String) { (self.label, self.text) = (label, text) }
    }

    /// A force's own sign-in.
    public struct Provider: Sendable, Equatable {
        public var id: String
        public var name: String

        public init(id: String, name: String) { (self.id, self.name) = (id, name) }
    }

    public var userName: String
    /// Where to go afterwards; a path of this site.
    public var next: String
    public var providers: [Provider]
    /// The provider whose own session may still stand after she signed out here.
    public var left: Provider?
    /// What she had typed into a form that came too late: she can copy it.
    public var words: [Word]
    public var errors: FieldErrors

    public init(
        userName: String = "", next: String = "/", words: [Word] = [], providers: [Provider] = [],
        left: Provider? = nil, errors: FieldErrors = .none
    ) {
        (self.userName, self.next, self.words, self.errors) = (userName, next, words, errors)
        (self.providers, self.left) = (providers, left)
    }

    public var title: String { "Sign in" }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        if !words.isEmpty { writeWords(&html) }
        if let left { writeFarewell(left, &html) }
        if !providers.isEmpty { writeProviders(&html) }
        html.form(to: "/sign-in", frame.token) { html in
            html.hiddenField("next", next)
            html.textField(
                "user", "User name", value: userName, error: errors["user"], kind: .userName, width: .long)
            html.textField("password", "Password", error: errors["password"], kind: .password, width: .long)
            html.submit("Continue", providers.isEmpty ? .primary : .secondary)
        }
        html.details("I cannot sign in") { html in
            html.p("Ask your administrator for a new one-time link. Nobody will ever ask you for your password.")
        }
    }

    /// Links, not forms: our policy lets no form lead to another site, and a link needs no exception.
    private func writeProviders(_ html: inout Html) {
        for provider in providers {
            let way = WebAddress("/sign-in/with/\(provider.id)")
            html.p { html in
                html.buttonLink("Sign in with \(provider.name)", to: next == "/" ? way : way.adding("next", next))
            }
        }
        html.h2("Or with a Holdfast password")
    }

    private func writeFarewell(_ provider: Provider, _ html: inout Html) {
        html.p { html in
            html.text("You may still be signed in at \(provider.name). On a shared computer, ")
            html.a("sign out there too", to: "/sign-out/with/\(provider.id)")
            html.text(".")
        }
    }

    private func writeWords(_ html: inout Html) {
        html.warning("You were signed out before this was sent, so it was not saved. Copy your words, then sign in.")
        html.h2("What you typed")
        for (index, word) in words.enumerated() {
            html.textArea("typed-\(index + 1)", word.label, value: word.text)
        }
    }
}

/// The second proof: a code from an app.
public struct SecondFactorPage: PageModel {
    public var next: String
    public var errors: FieldErrors

    public init(next: String = "/", errors: FieldErrors = .none) { (self.next, self.errors) = (next, errors) }

    public var title: String { "Enter your code" }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.form(to: "/sign-in/code", frame.token) { html in
            html.hiddenField("next", next)
            html.textField(
                "code", "Six-digit code", hint: "Open your authenticator app. The code changes every 30 seconds.",
                error: errors["code"], kind: .oneTimeCode, width: .short, maxlength: 9)
            html.submit("Sign in")
        }
        html.details("I do not have my app") { html in
            html.p("Ask your administrator for a new one-time link. You will set up the app again.")
        }
    }
}

extension Html {
    /// The ways to connect an authenticator app: a picture, a link, a key to type.
    mutating func authenticatorSteps(_ secret: String, _ address: WebAddress) {
        p("Add an account in your app in one of these ways:")
        if let code = QRCode(address.text) {
            p("Scan this picture with the app.")
            qrCode(code, label: "Picture of the key below, for an authenticator app")
        }
        p { html in
            html.text("On this phone: ")
            html.a("open the authenticator app", to: address)
            html.text(".")
        }
        p("Or type this key into the app:")
        let key = Html.grouped(secret)
        p { $0.code(key, .class("secret")) }
    }

    private static func grouped(_ secret: String) -> String {
        var text = ""
        for (index, character) in secret.enumerated() {
            if index > 0, index % 4 == 0 { text.append(" ") }
            text.append(character)
        }
        return text
    }
}
