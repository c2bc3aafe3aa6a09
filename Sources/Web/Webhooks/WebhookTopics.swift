import Access
import Actions
import Inspection
import Kernel
import Ledger
import Webhooks

/// Of which records others may be told. For each change the ledger is asked for the record as her whose subscription it
/// is, and logs that; only then is it decided whether she may tell.
enum WebhookTopics {
    static func all(_ ledger: Ledger) -> [WebhookTopic] {
        [
            WebhookTopic(name: AreaForImprovement.kind.name, title: "Areas for improvement", resource: .improvement) {
                try await mayTell(AreaForImprovement.self, $0, ledger, $1)
            },
            WebhookTopic(name: Action.kind.name, title: "Actions", resource: .improvement) {
                try await mayTell(Action.self, $0, ledger, $1)
            },
        ]
    }

    private static func mayTell<Body: RecordBody>(
        _ type: Body.Type, _ record: String, _ ledger: Ledger, _ actor: Actor
    ) async throws -> Bool {
        guard let id = Identifier<Body>(record) else { return false }
        do {
            let found = try await ledger.read(type, id, as: actor)
            let standing: Set<Relation> = found.owner == actor.agency ? [.ownAgency] : []
            return decide(actor, .disclosure, on: Body.kind.resource, standing: standing).isAllowed
        } catch let problem as Problem where problem.code == .absent {
            return false
        }
    }
}
