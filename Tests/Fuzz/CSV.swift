/// Files of bulk facts. The first byte says in how large pieces they arrive; however they are cut, the same is read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let size = bytes.first else { return 0 }
    let file = Array(bytes.dropFirst())
    precondition(records(file, pieces: file.count + 1) == records(file, pieces: Int(size % 16) + 1))
    return 0
}

private func records(_ file: [UInt8], pieces: Int) -> [[[UInt8]]] {
    var (place, found) = (0, [[[UInt8]]]())
    let scanner = CSVScanner(lineLimit: 256) { target in
        let count = min(pieces, target.count, file.count - place)
        for index in 0..<count { target[index] = file[place + index] }
        place += count
        return count
    }
    do {
        while try scanner.next() {
            var record = (0..<scanner.fieldCount).map { Array(scanner[$0]) }
            record.append(Array("\(scanner.line) \(String(describing: scanner.flaw))".utf8))
            record.append(Array(scanner.raw))
            found.append(record)
        }
    } catch {
        found.append([Array("\(error)".utf8)])
    }
    return found
}
