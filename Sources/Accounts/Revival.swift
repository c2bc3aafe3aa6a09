import Access
import Kernel
public import Ledger

extension SignIn {
    /// Seals what an earlier version of the program kept in plain bytes, and leaves none of it in the store's files.
    /// Called at each start.
    public func sealPlainSecrets() async throws {
        let (now, secrets) = (ledger.now, ledger.secrets)
        let hasPlain = try await ledger.glance { reading in
            try reading.row("SELECT 1 FROM account_second_factor WHERE secret <> $1", [.blob([])]) != nil
        }
        guard hasPlain else { return }
        let count = try await ledger.upkeep { try CredentialRows.sealPlain(secrets, at: now, $0) }
        try await ledger.settle()
        try await ledger.note(
            Consultation(kind: "credential", .account, .alteration, about: "sealed \(count) second factors"),
            as: Directory.founder)
    }
}

/// What must not come back to life with a copy of the data.
public enum Revival {
    /// Ends every session, voids every one-time link, and lets no code count that an app shows now or has shown: what
    /// was ended or used since the copy was made looks unused in it.
    /// - Returns: How many sessions and links were ended.
    public static func prevent(in ledger: Ledger) async throws -> (sessions: Int, links: Int) {
        let now = ledger.now
        let nextStep = OneTimeCode.step(at: now) + 1
        let ended = try await ledger.upkeep { writing in
            let sessions = try writing.run(
                "UPDATE account_session SET ended_at = $1, ended_by = $2 WHERE ended_at IS NULL",
                [.integer(now.milliseconds), .text(SessionEnd.restored.rawValue)])
            let links = try writing.run(
                "UPDATE account_link SET ended_at = $1 WHERE ended_at IS NULL", [.integer(now.milliseconds)])
            try writing.run(
                "UPDATE account_second_factor SET last_step = $1 WHERE last_step < $1", [.integer(nextStep)])
            return (sessions, links)
        }
        try await ledger.note(
            Consultation(
                kind: "restore", .account, .alteration, about: "ended \(ended.0) sessions and \(ended.1) links"),
            as: Directory.founder)
        return (sessions: ended.0, links: ended.1)
    }
}
