/// Who are you? The user name that was typed is given back; the password never is.
public struct SignInPage: PageModel {
    /// One text that she had typed when her session ended.
    public struct Word: Sendable, Equatable {
        public var label: String
        public var text: String

        public init(label: String, text: String) { (self.label, self.text) = (label, text) }
    }

    public var userName: String
    /// Where to go afterwards; a path of this site.
    public var next: String
    /// What she had typed into a form that came too late: she can copy it.
    public var words: [Word]
    public var errors: FieldErrors

    public init(
        userName: String = "", next: String = "/", words: [Word] = [], errors: FieldErrors = .none
    ) {
        (self.userName, self.next, self.words, self.errors) = (userName, next, words, errors)
    }

    public var title: String { "Sign in" }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        if !words.isEmpty { writeWords(&html) }
        html.form(to: "/sign-in", frame.token) { html in
            html.hiddenField("next", next)
            html.textField(
                "user", "User name", value: userName, error: errors["user"], kind: .userName, width: .long)
            html.textField("password", "Password", error: errors["password"], kind: .password, width: .long)
            html.submit("Continue")
        }
        html.details("I cannot sign in") { html in
            html.p("Ask your administrator for a new one-time link. Nobody will ever ask you for your password.")
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
