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
    var errors: [APIFault] = []
    var reference: String?
    /// Persons held already who may be the one that was sent, the likeliest first.
    var likely: [(id: String, why: String)] = []
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

    /// What was sent has not the shape that the document gives.
    static func unreadable(_ errors: [APIFault]) -> APIProblem {
        APIProblem(
            status: .badRequest, title: "What was sent has another shape than the document gives",
            detail: "Put right what is listed and send it again.", errors: Array(errors.prefix(50)))
    }

    static let noVersion = APIProblem(
        status: .preconditionRequired, title: "Say which version you have",
        detail: "Read it again and send its ETag as If-Match.")

    static func movedOn(to version: Int) -> APIProblem {
        APIProblem(
            status: .preconditionFailed,
            title: "Somebody changed this after you read it. Nothing of yours is saved yet.",
            detail: "Read it again, look at what changed, and send yours with the new ETag if it still holds.",
            headers: [(.eTag, APIVisit.tag(version))])
    }

    static let otherType = APIProblem(
        status: .unsupportedMediaType, title: "Another type is wanted", detail: "Send Content-Type: application/json.")

    static let tooLarge = APIProblem(
        status: .contentTooLarge, title: "What was sent is too large",
        detail: "Send at most \(APIBody.most >> 10) KiB.")

    static func otherMethod(_ allowed: String) -> APIProblem {
        APIProblem(
            status: .methodNotAllowed, title: "This cannot be done here", detail: "This address takes \(allowed).",
            headers: [(.allow, allowed)])
    }

    static let otherRequest = APIProblem(
        status: .conflict, title: "This key was used for another request",
        detail: "Send a new Idempotency-Key with a new request.")

    static let shape = APIShape.object([
        ("detail", .text("What to do next.")), ("errors", .list(APIFault.shape)),
        ("reference", .optional(.text("Finds the cause in our log."))),
        ("status", .integer("The status of HTTP.")), ("title", .text("What is wrong.")),
        ("type", .text("Always about:blank.")),
        (
            "likely",
            .maybe(
                .list(.object([("id", .name("A person who may be the same.")), ("why", .text("What is alike."))])))
        ),
    ])

    static func of(_ error: any Error, _ logger: Logger) -> APIProblem {
        switch error {
        case let problem as APIProblem: return problem
        case let problem as Problem where problem.code == .absent: return absent
        case let problem as Problem:
            return APIProblem(
                status: Failures.status(of: problem.code), title: problem.message, detail: problem.next,
                errors: problem.fields.map { APIFault(pointer: "/\(member($0.name))", detail: $0.message) })
        case let conflict as Conflict: return movedOn(to: conflict.storedVersion)
        case StorageError.diskFull, StorageError.unknownOutcome, StorageError.unavailable:
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

    /// The member that a rule's field is sent in: forms write names with hyphens.
    private static func member(_ field: String) -> String {
        let words = field.split(separator: "-")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    var answer: Answer {
        var members: [String: any Sendable] = [
            "errors": errors.map { fault -> [String: any Sendable] in
                [
                    "detail": fault.detail, "pointer": fault.pointer ?? NSNull(),
                    "parameter": fault.parameter ?? NSNull(),
                ]
            },
            "type": "about:blank", "title": title, "status": status.code, "detail": detail,
            "reference": reference ?? NSNull(),
        ]
        if !likely.isEmpty { members["likely"] = likely.map { ["id": $0.id, "why": $0.why] } }
        let data = try? JSONSerialization.data(
            withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
        return Answer(
            status: status, contentType: "application/problem+json", body: Array(data ?? Data()),
            headers: headers + [(.cacheControl, "no-store")])
    }
}
