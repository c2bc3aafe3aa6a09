import Federation
import HTTPTypes
import Hummingbird
import Kernel
import Ledger
import Logging
import Pages

/// Turns what went wrong into a page a person can act on. The cause goes to the log under a reference number; nothing
/// internal reaches the page.
struct Failures: Sendable {
    let site: Site
    let logger: Logger

    func answer(_ error: any Error, _ call: Call, _ visitor: Visitor?) -> Answer {
        let frame = site.frame(for: visitor, call)
        switch error {
        case let problem as Problem: return page(problem, frame)
        case StorageError.diskFull:
            let problem = Problem(
                .unavailable, "The disk is full. Nothing was saved, and nothing that was saved before is lost.",
                next: "You can go on reading. Ask your administrator to make room, then try again.")
            return page(problem, frame)
        case StorageError.unknownOutcome:
            let problem = Problem(
                .unavailable, "The disk or the database failed. We cannot say whether your last change was saved.",
                next: "Tell your administrator, who may have to start Holdfast again. Look before you repeat it.")
            logger.error("what became of a commit is unknown", metadata: ["cause": "\(String(reflecting: error))"])
            return page(problem, frame)
        case StorageError.unavailable:
            let problem = Problem(
                .unavailable, "The database could not be reached. Nothing was saved.",
                next: "Wait a minute and try again. What was saved before is safe.")
            logger.error("the database is away", metadata: ["cause": "\(String(reflecting: error))"])
            return page(problem, frame)
        case let fault as FederationFault: return distrust(fault, frame)
        case let error as HTTPError:
            let problem = Problem(.invalid, "This request could not be read.", next: "Go back and try again.")
            return page(problem, frame, status: error.status)
        default: return unexpected(error, frame)
        }
    }

    private func page(_ problem: Problem, _ frame: Frame, status: HTTPResponse.Status? = nil) -> Answer {
        .page(ErrorPage(problem).render(in: frame), status: status ?? Failures.status(of: problem.code))
    }

    /// A sign-in by a provider that did not come about. The cause says which check failed, and nothing of the person.
    private func distrust(_ fault: FederationFault, _ frame: Frame) -> Answer {
        let reference = Failures.reference()
        logger.warning(
            "sign-in by provider failed", metadata: ["reference": "\(reference)", "cause": "\(fault.cause)"])
        let page = SignInTroublePage(problem: fault.problem, reference: reference)
        return .page(page.render(in: frame), status: Failures.status(of: fault.problem.code))
    }

    private func unexpected(_ error: any Error, _ frame: Frame) -> Answer {
        let reference = Failures.reference()
        logger.error(
            "request failed", metadata: ["reference": "\(reference)", "cause": "\(String(reflecting: error))"])
        let problem = Problem(
            .failed, "Something went wrong on our side.",
            next: "Nothing you sent was kept. Try again; if it goes on, tell your administrator the reference.")
        return .page(
            ErrorPage(problem, reference: reference).render(in: frame), status: .internalServerError)
    }

    /// Letters that cannot be mistaken for each other when read out on the telephone.
    static func reference() -> String {
        let letters = Array("BCDFGHJKMNPQRSTVWXYZ23456789")
        return String((0..<8).compactMap { _ in letters.randomElement() })
    }

    static func status(of code: Problem.Code) -> HTTPResponse.Status {
        switch code {
        case .invalid: .unprocessableContent
        case .refused: .forbidden
        case .absent: .notFound
        case .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .unavailable: .serviceUnavailable
        case .failed: .internalServerError
        }
    }
}
