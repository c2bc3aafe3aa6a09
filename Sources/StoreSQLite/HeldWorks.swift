import Ledger
import Synchronization

/// Works that are kept for one. One process has the data open, so that a set in memory tells them all.
final class HeldWorks: Sendable {
    private let names = Mutex<Set<String>>([])

    func take(_ name: String) -> (any Hold)? {
        names.withLock { $0.insert(name).inserted } ? HeldWork(name: name, works: self) : nil
    }

    fileprivate func letGo(_ name: String) { names.withLock { _ = $0.remove(name) } }
}

private struct HeldWork: Hold {
    let name: String
    let works: HeldWorks

    func letGo() async { works.letGo(name) }
}
