/// A one-time link, first step: choose a password.
public struct ChoosePasswordPage: PageModel {
    public var name: String
    public var userName: String
    public var token: String
    public var errors: FieldErrors

    public init(name: String, userName: String, token: String, errors: FieldErrors = .none) {
        (self.name, self.userName, self.token, self.errors) = (name, userName, token, errors)
    }

    public var title: String { "Choose a password" }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "Welcome, \(name). Step 1 of 2")
        html.p { html in
            html.text("Your user name is ")
            html.strong(userName)
            html.text(".")
        }
        html.form(to: "/link/\(token)/password", frame.token) { html in
            html.textField(
                "password", "New password",
                hint: "Use 15 characters or more. Four words that do not belong together work well.",
                error: errors["password"], kind: .newPassword, width: .long)
            html.textField(
                "password-again", "The same password again", error: errors["password-again"], kind: .newPassword,
                width: .long)
            html.submit("Continue")
        }
    }
}

/// A one-time link, second step: connect an app that makes codes.
public struct ConnectAppPage: PageModel {
    public var name: String
    public var token: String
    /// Base32; spaces in it do not count.
    public var secret: String
    public var errors: FieldErrors

    public init(name: String, token: String, secret: String, errors: FieldErrors = .none) {
        (self.name, self.token, self.secret, self.errors) = (name, token, secret, errors)
    }

    public var title: String { "Connect an authenticator app" }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "\(name). Step 2 of 2")
        html.p("A code from an app on your phone proves that it is you, even if somebody learns your password.")
        html.form(to: "/link/\(token)/app", frame.token) { html in
            let plain = secret.filter { $0 != " " }
            html.authenticatorSteps(plain, .authenticator(issuer: "Holdfast", account: name, secret: plain))
            html.textField(
                "code", "Six-digit code from the app", error: errors["code"], kind: .oneTimeCode, width: .short,
                maxlength: 9)
            html.submit("Save and sign in")
        }
    }
}

/// The link of a sample store: one button, because a mail program may open a link and must not spend it.
public struct EnterSamplePage: PageModel {
    public var name: String
    public var token: String

    public init(name: String, token: String) { (self.name, self.token) = (name, token) }

    public var title: String { "Look around" }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "Sample data")
        html.p("Every person and place here is invented. You come in as \(name), who may see and change everything.")
        html.p("A real force signs in with a password and a code from an app.")
        html.form(to: "/link/\(token)/enter", frame.token) { $0.submit("Come in") }
    }
}
