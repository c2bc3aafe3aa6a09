import Foundation

extension Bundle {
    /// The room's own folder, for the reference data that comes with it.
    static let module = Bundle(path: ProcessInfo.processInfo.environment["FUZZ_ROOM"] ?? ".") ?? Bundle.main
}
