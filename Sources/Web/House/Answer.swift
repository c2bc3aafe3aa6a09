import HTTPTypes
import Pages

/// What a handler gives back; turned into HTTP in one place.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var contentType: String
    var body: [UInt8]
    var headers: [(HTTPField.Name, String)]

    static func page(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Answer {
        Answer(
            status: status, contentType: "text/html; charset=utf-8", body: bytes, headers: [(.cacheControl, "no-store")]
        )
    }

    /// Somewhere else, by GET: the answer to every change that was made.
    static func redirect(_ address: WebAddress, _ done: Done? = nil) -> Answer {
        let target = done.map { address.adding(Done.field, $0.rawValue) } ?? address
        return Answer(
            status: .seeOther, contentType: "text/plain; charset=utf-8", body: [],
            headers: [(.location, target.text), (.cacheControl, "no-store")])
    }

    /// A file to keep. `name` is ours, never what a person typed.
    static func download(_ bytes: [UInt8], name: String, contentType: String) -> Answer {
        let safe = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        return Answer(
            status: .ok, contentType: contentType, body: bytes,
            headers: [(.contentDisposition, "attachment; filename=\"\(safe)\""), (.cacheControl, "no-store")])
    }

    static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Answer {
        Answer(
            status: status, contentType: "application/json; charset=utf-8", body: bytes,
            headers: [(.cacheControl, "no-store")])
    }

    func setting(cookie: String) -> Answer {
        var copy = self
        copy.headers.append((.setCookie, cookie))
        return copy
    }
}

/// What has just been done, told on the page after a redirect. Only these words can be shown: an address cannot make
/// the house say something else.
enum Done: String, Sendable, CaseIterable {
    case saved, added, imported
    case alreadyHeld = "already-held"
    case signedOut = "signed-out"
    case linkIssued = "link-issued"
    case disabled, revoked, rebased, linked, unlinked, uploaded, opened, kept, destroyed, awaited, ended
    case sentAgain = "sent-again"
    case matchDecided = "match-decided"
    case matchWaits = "match-waits"
    case dropped

    static let field = "done"

    var notice: Notice {
        switch self {
        case .saved: Notice(.success, "Your changes are saved")
        case .added: Notice(.success, "Added")
        case .imported: Notice(.success, "The report is in")
        case .alreadyHeld: Notice(.information, "This report was already here", "Nothing has changed.")
        case .signedOut: Notice(.success, "You have signed out")
        case .linkIssued: Notice(.success, "A new one-time link is ready")
        case .disabled: Notice(.success, "This person can no longer sign in")
        case .revoked: Notice(.success, "The session is ended")
        case .rebased: Notice(.success, "The limits start again from that month")
        case .linked: Notice(.success, "The measure is linked")
        case .unlinked: Notice(.success, "The measure is no longer linked")
        case .ended: Notice(.success, "It is ended")
        case .matchDecided: Notice(.success, "Your decision is kept", "No record was changed.")
        case .matchWaits:
            Notice(.information, "You are the first of two", "The link counts when a second person agrees.")
        case .dropped: Notice(.success, "The file is dropped", "Nothing of it was kept.")
        case .sentAgain: Notice(.success, "We try again now, from the change that could not be told")
        case .opened: Notice(.success, "Your emergency access is recorded", "What was found is listed below.")
        case .uploaded: Notice(.success, "The files are here and being read")
        case .kept: Notice(.success, "The record is kept until its next review")
        case .destroyed: Notice(.success, "The record is destroyed")
        case .awaited:
            Notice(.information, "A second person must confirm", "Ask another records manager to open the record.")
        }
    }
}
