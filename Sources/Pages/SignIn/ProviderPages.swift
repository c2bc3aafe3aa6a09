import Kernel

/// The way back from a force's own sign-in. It leads on by itself: the browser gives a strict cookie only to what our
/// own page asks for, not to what the other site sent it to.
public struct WelcomeBackPage: PageModel {
    /// A path of this site.
    public var next: WebAddress

    public init(next: WebAddress) { self.next = next }

    public var title: String { "You are signed in" }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p { $0.a("Continue", to: next) }
    }
}

/// Signing in by a force's own provider did not work: why, and which other ways there are.
public struct SignInTroublePage: PageModel {
    public var problem: Problem
    public var reference: String

    public init(problem: Problem, reference: String) { (self.problem, self.reference) = (problem, reference) }

    public var title: String { problem.message }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(problem.message)
        html.p(problem.next)
        html.p { html in
            html.text("If you ask for help, give this reference: ")
            html.strong(reference)
        }
        html.p { $0.buttonLink("Back to the sign-in page", to: "/sign-in") }
    }
}
