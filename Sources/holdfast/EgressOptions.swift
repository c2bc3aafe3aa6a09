import ArgumentParser
import Webhooks

/// Where the server may send of its own accord. Nowhere unless named.
struct EgressOptions: ParsableArguments {
    @Option(name: .long, help: "A host that webhooks may go to: board.example, or board.example:8443. May be repeated.")
    var webhookHost: [String] = []
    @Flag(name: .long, help: "Let webhooks go to this machine itself, also without HTTPS: for trying things out.")
    var webhookLoopback = false
    @Flag(name: .long, help: "Let the hosts named be on a private network.") var webhookPrivate = false

    var egress: WebhookEgress {
        WebhookEgress(hosts: Set(webhookHost), allowsLoopback: webhookLoopback, allowsPrivate: webhookPrivate)
    }
}
