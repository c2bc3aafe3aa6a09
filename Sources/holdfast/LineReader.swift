#if canImport(Glibc)
import Glibc
#endif

/// Lines from a socket.
struct LineReader {
    private let handle: Int32
    private var buffer: [UInt8] = []

    init(_ handle: Int32) { self.handle = handle }

    /// Nil at the end, or when a line is longer than `limit`.
    mutating func next(limit: Int) -> [UInt8]? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                let line = Array(buffer[..<end])
                buffer.removeSubrange(...end)
                return line
            }
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = piece.withUnsafeMutableBytes { read(handle, $0.baseAddress, $0.count) }
            guard count > 0, buffer.count + count <= limit else { return nil }
            buffer += piece[..<count]
        }
    }
}
