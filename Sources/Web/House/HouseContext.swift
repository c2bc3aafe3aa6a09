import Hummingbird
import Logging
import NIOCore

/// What Hummingbird knows of a request, and the sender's address.
struct HouseContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let source: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        self.source = source.channel.remoteAddress?.ipAddress ?? "local"
    }
}
