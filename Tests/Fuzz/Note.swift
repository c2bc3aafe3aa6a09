/// Signed notes, keys and checkpoints. A note that is read is written as it was.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    if let note = SignedNote(text) {
        precondition(SignedNote(note.text) == note)
        for signature in note.signatures { _ = (signature.time, signature.line) }
    }
    if let checkpoint = Checkpoint(text) { precondition(Checkpoint(checkpoint.body) == checkpoint) }
    _ = (NoteKey(text), NoteSigner(text))
    return 0
}
