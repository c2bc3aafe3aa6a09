import Foundation
import HTTPTypes
import Kernel
import Ledger
import Logging

/// What went wrong, for a program (RFC 9457). Denied is the same bytes as absent.
struct APIProblem: Error {
    let status: HTTPResponse.Status
    let title: String
    let detail: String
    var reference: String?
    var headers: [(HTTPField.Name, String)] = []

    static let unknown = APIProblem(
        status: .unauthorized, title: "A token is needed",
        detail: "Send Authorization: Bearer with a token that works. A person makes one on the page for tokens.",
        headers: [(.wwwAuthenticate, "Bearer")])

    static let absent = APIProblem(status: .notFound, title: "Not found", detail: "")

    static func tooMany(_ seconds: Int) -> APIProblem {
        APIProblem(
            status: .tooManyRequests, title: "Too many requests", detail: "Wait \(seconds) seconds.",
            headers: [(.retryAfter, String(seconds))])
    }

    /// Each status a route may answer besides its own, for the document.
    static let statuses = [
        ("401", "No token, or one that does not work."), ("404", "There is none, or it is not yours to see."),
        ("422", "What was sent cannot be used."), ("429", "Too many requests: wait as Retry-After says."),
        ("500", "A fault of ours; the reference finds it in the log of faults."), ("503", "It may work later."),
    ]

    static let shape = APIShape.object([
        ("detail", .text("What to do next.")), ("reference", .optional(.text("Finds the cause in our log."))),
        ("status", .integer("The status of HTTP.")), ("title", .text("What is wrong.")),
        ("type", .text("Always about:blank.")),
    ])

    static func of(_ error: any Error, _ logger: Logger) -> APIProblem {
        switch error {
        case let problem as APIProblem: return problem
        case let problem as Problem where problem.code == .absent: return absent
        case let problem as Problem:
            return APIProblem(status: Failures.status(of: problem.code), title: problem.message, detail: problem.next)
        case StorageError.diskFull, StorageError.unknownOutcome:
            return APIProblem(status: .serviceUnavailable, title: "The store cannot answer now", detail: "Try later.")
        default:
            let reference = Failures.reference()
            logger.error(
                "request failed", metadata: ["reference": "\(reference)", "cause": "\(String(reflecting: error))"])
            return APIProblem(
                status: .internalServerError, title: "Something went wrong on our side", detail: "Try again.",
                reference: reference)
        }
    }

    var answer: Answer {
        let members: [String: any Sendable] = [
            "type": "about:blank", "title": title, "status": status.code, "detail": detail,
            "reference": reference ?? NSNull(),
        ]
        let data = try? JSONSerialization.data(
            withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
        return Answer(
            status: status, contentType: "application/problem+json", body: Array(data ?? Data()),
            headers: headers + [(.cacheControl, "no-store")])
    }
}
